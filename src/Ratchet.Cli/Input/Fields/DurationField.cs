using System.Globalization;
using System.Text.Json;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A duration: <c>500ms</c>, <c>90s</c>, <c>1h30m</c>, <c>2d</c>, or seconds alone.</summary>
internal sealed class DurationField(string name, string field, string description) : BodyOption<TimeSpan>(name, field, description, "DURATION", Form)
{
    public const string Form = "a duration such as 500ms, 90s, 1h30m or 2d, or a number of seconds";

    public static TimeSpan? Read(string text) =>
        Durations.TryParse(text, out TimeSpan duration)
        || (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) && Durations.TryFromSeconds(seconds, out duration))
            ? duration : null;

    protected override TimeSpan? Parse(string text) => Read(text);

    protected override void WriteValue(Utf8JsonWriter json, TimeSpan value) => json.WriteStringValue(Durations.Format(value));
}
