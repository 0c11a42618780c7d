using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ratchet.Cli.Output;

/// <summary>JSON on stdout, as UTF-8 whatever the terminal's locale says.</summary>
internal static class JsonOutput
{
    // Nothing here is embedded in HTML, and people read it.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    public static void WriteCompact(JsonElement value) => Write(value, Compact);

    public static void WriteIndented(JsonElement value) => Write(value, Indented);

    /// <summary>Already JSON, and compact, as the sandbox makes it.</summary>
    public static void WriteRaw(ReadOnlySpan<byte> utf8)
    {
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write([.. utf8, (byte)'\n']);
    }

    public static string ToText(JsonElement value)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Compact)) value.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(JsonElement value, JsonWriterOptions options)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, options)) value.WriteTo(json);
        WriteRaw(text.GetBuffer().AsSpan(0, (int)text.Length));
    }
}
