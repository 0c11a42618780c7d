using System.Globalization;
using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A number that need not be whole; the server knows its range.</summary>
internal sealed class FactorField(string name, string field, string description) : BodyOption<decimal>(name, field, description, "FACTOR", "a number")
{
    protected override decimal? Parse(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    protected override void WriteValue(Utf8JsonWriter json, decimal value) => json.WriteNumberValue(value);
}
