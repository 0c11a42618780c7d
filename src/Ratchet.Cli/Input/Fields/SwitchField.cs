using System.Text.Json;

namespace Ratchet.Cli.Input.Fields;

/// <summary>True or false, said in full, for something that is on unless told otherwise.</summary>
internal sealed class SwitchField(string name, string field, string description) : BodyOption<bool>(name, field, description, "true|false", "true or false")
{
    protected override bool? Parse(string text) => bool.TryParse(text, out bool value) ? value : null;

    protected override void WriteValue(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);
}
