using Microsoft.ClearScript;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Schemas;

/// <summary>The schemas of a process that validates inputs; which is in which slot, and which goes when all are taken, is the parent's business.</summary>
internal sealed class SchemaSlots(SchemaEngine engine)
{
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
            return engine.Validate(id, input);
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
