using System.CommandLine;
using System.Text.Json;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Cli.Input.Fields;

/// <summary>Durations, with commas between them.</summary>
internal sealed class DurationListField : Option<string>, IBodyField
{
    private readonly string field;

    public DurationListField(string name, string field, string description) : base(name)
    {
        this.field = field;
        Pointer = "/" + field;
        Description = description;
        HelpName = "DURATION,...";
        Validators.Add(result =>
        {
            if (Parts(result.GetValueOrDefault<string>()).Any(d => d is null)) result.AddError($"{name} must be durations with commas between them, such as 1s,10s,5m.");
        });
    }

    public Option Option => this;

    public string Pointer { get; set; }

    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        if (parsed.GetValue(this) is not { } text) return;
        json.WriteStartArray(field);
        foreach (TimeSpan? duration in Parts(text)) json.WriteStringValue(Durations.Format(duration!.Value));
        json.WriteEndArray();
    }

    private static IEnumerable<TimeSpan?> Parts(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(DurationField.Read);
}
