using System.Globalization;
using System.Text.Json;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Cli.Input.Fields;

/// <summary><c>COUNT/WINDOW</c>: at most so many starts within so long.</summary>
internal sealed class RateField(string name, string field, string description)
    : BodyOption<(int Count, TimeSpan Window)>(name, field, description, "COUNT/WINDOW", "COUNT/WINDOW, such as 100/1m")
{
    protected override (int Count, TimeSpan Window)? Parse(string text) =>
        text.Split('/') is [var count, var window]
        && int.TryParse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int starts)
        && DurationField.Read(window) is { } within ? (starts, within) : null;

    protected override void WriteValue(Utf8JsonWriter json, (int Count, TimeSpan Window) value)
    {
        json.WriteStartObject();
        json.WriteNumber("count", value.Count);
        json.WriteString("window", Durations.Format(value.Window));
        json.WriteEndObject();
    }
}
