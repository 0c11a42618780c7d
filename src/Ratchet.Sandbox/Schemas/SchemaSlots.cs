using Microsoft.ClearScript;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Schemas;

/// <summary>The schemas of a process that validates inputs; which is in which slot, and which goes when all are taken, is the parent's business.</summary>
internal sealed class SchemaSlots(SchemaEngine engine)
{
    /// <summary>Most characters of one input's errors: with them all inputs of a frame fit into the answer. Each error has a pointer, and keys are as long as they like.</summary>
    private const int MostErrorChars = 32 << 10;

    private const string TooLong = """[{"pointer":"","keyword":"","message":"does not match the schema, in places whose names are too long to be told"}]""";

    private readonly (int Id, string? Problem)[] slots = new (int, string?)[FrameLimits.SchemaSlots];
    private readonly bool[] filled = new bool[FrameLimits.SchemaSlots];

    public void Load(SchemaWork work)
    {
        if (filled[work.Slot] && slots[work.Slot].Problem is null) engine.Release(slots[work.Slot].Id);
        filled[work.Slot] = true;
        try
        {
            slots[work.Slot] = (engine.Compile(SchemaFiles.Input, work.Schema), null);
        }
        catch (SchemaException e)
        {
            slots[work.Slot] = (0, e.Message);
        }
    }

    public ValidatedFrame Validate(ValidateWork work)
    {
        if (!filled[work.Slot]) throw new FrameException($"slot {work.Slot} has no schema");
        (int id, string? problem) = slots[work.Slot];
        return new ValidatedFrame(work.Sequence, problem, problem is null ? Array.ConvertAll(work.Inputs, input => Errors(id, input)) : []);
    }

    private string? Errors(int id, string input)
    {
        try
        {
            string? errors = engine.Validate(id, input);
            return errors?.Length > MostErrorChars ? TooLong : errors;
        }
        catch (ScriptEngineException e)
        {
            return NotJson(e);
        }
    }

    /// <summary>A value that could not even be looked at, as an error list.</summary>
    public static string NotJson(ScriptEngineException error) =>
        $$"""[{"pointer":"","keyword":"","message":"{{System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode($"cannot be validated: {error.Message}")}}"}]""";
}
