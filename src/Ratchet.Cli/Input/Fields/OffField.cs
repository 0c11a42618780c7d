using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A flag that turns off what is on otherwise.</summary>
internal sealed class OffField : Option<bool>, IBodyField
{
    private readonly string field;

    public OffField(string name, string field, string description) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
    }

    public Option Option => this;

    public string Pointer { get; set; }

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (parsed.GetValue(this)) json.WriteBoolean(field, false);
    }
}
