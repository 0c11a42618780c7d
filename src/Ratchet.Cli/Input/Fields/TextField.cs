using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A text that goes to the server as it is.</summary>
internal sealed class TextField : Option<string>, IBodyField
{
    private readonly string field;

    public TextField(string name, string field, string description, string helpName) : base(name)
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
        if (parsed.GetValue(this) is { } text) json.WriteString(field, text);
    }
}
