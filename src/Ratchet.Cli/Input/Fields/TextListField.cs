using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>Texts, by repeating the option.</summary>
internal sealed class TextListField : Option<string[]>, IBodyField
{
    private readonly string field;

    public TextListField(string name, string field, string description, string helpName) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
        HelpName = helpName;
    }

    public Option Option => this;

    public string Pointer { get; set; }

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (parsed.GetValue(this) is not { Length: > 0 } texts) return;
        json.WriteStartArray(field);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
