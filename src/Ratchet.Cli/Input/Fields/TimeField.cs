using System.Globalization;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>An instant: ISO 8601; UTC when it names no offset.</summary>
internal sealed class TimeField(string name, string field, string description)
    : BodyOption<DateTimeOffset>(name, field, description, "TIME", "a time such as 2026-12-01T09:30:00Z")
{
    protected override DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    protected override void WriteValue(Utf8JsonWriter json, DateTimeOffset value) => json.WriteStringValue(value.UtcDateTime);
}
