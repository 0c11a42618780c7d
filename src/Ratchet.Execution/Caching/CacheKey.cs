using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Caching;

namespace Ratchet.Execution.Caching;

/// <summary>
/// What makes jobs equal: the digest of their task's content, and their input, or the parts of it that the task names. The input counts as the value that it is, not as
/// the text (after RFC 8785, JSON Canonicalization Scheme): white space, the order of keys and ways to write a number or a character do not matter, and numbers are
/// equal when they are the same double, for that is what a script sees.
/// </summary>
public static class CacheKey
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>SHA-256 in base64url; null when the input is one that cannot be compared (half a surrogate pair, which is no text): then the job shares nothing.</summary>
    /// <param name="input">UTF-8 JSON.</param>
    public static string? Of(string digest, CachePolicy policy, ReadOnlyMemory<byte> input)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth + 1 });
            return Of(digest, policy, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Of(string digest, CachePolicy policy, JsonElement input)
    {
        var canonical = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(canonical, Plain))
        {
            json.WriteStartArray();
            json.WriteStringValue(digest);
            if (policy.Key.Count == 0) Write(json, input);
            foreach (string pointer in policy.Key)
            {
                // In a list of its own: a part that is not there is not the same as null.
                json.WriteStartArray();
                json.WriteStringValue(pointer);
                if (Find(input, pointer) is { } part) Write(json, part);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(SHA256.HashData(canonical.WrittenSpan));
    }

    /// <summary>Whether a text is a JSON Pointer (RFC 6901, 3).</summary>
    public static bool IsPointer(string text)
    {
        if (text.Length > 0 && text[0] != '/') return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ('0' or '1'))) return false;
        }

        return true;
    }

    private static JsonElement? Find(JsonElement value, string pointer)
    {
        foreach (string token in pointer.Split('/').Skip(1))
        {
            string name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member)) value = member;
            else if (value.ValueKind == JsonValueKind.Array && IndexOf(name) is { } index && index < value.GetArrayLength()) value = value[index];
            else return null;
        }

        return value;
    }

    private static int? IndexOf(string name) =>
        name.Length is > 0 and < 10 && name.All(char.IsAsciiDigit) && (name.Length == 1 || name[0] != '0') ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                // Of a key that is there twice JSON.parse takes the last.
                foreach (JsonProperty member in value.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray()) Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(json, value.GetDouble());
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    /// <summary>The shortest text that reads back as the same double. Minus zero is zero, as JSON.stringify has it; what is beyond all doubles reads as infinity.</summary>
    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number == 0 ? 0 : number);
        else json.WriteStringValue(number > 0 ? "\u0000inf" : "\u0000-inf");
    }
}
