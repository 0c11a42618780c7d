using System.Globalization;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A whole number within a range.</summary>
internal sealed class NumberField(string name, string field, string description, int least, int most)
    : BodyOption<int>(name, field, description, "N", $"from {least} to {most}")
{
    protected override int? Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value : null;

    protected override void WriteValue(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);
}
