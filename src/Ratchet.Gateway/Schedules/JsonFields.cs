using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads the fields of a request's JSON object. Every mistake is a problem with a JSON Pointer.</summary>
internal static class JsonFields
{
    private const int MostDepth = 64;

    /// <summary>The fields of the object by name, without those that are null.</summary>
    /// <exception cref="ProblemException">Not a JSON object (400), or a field that is there twice (422).</exception>
    public static Dictionary<string, JsonElement> Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) throw new ProblemException(Problem.Malformed("The body is not valid UTF-8."));
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
            JsonElement root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object) throw new ProblemException(Problem.Malformed("The body must be a JSON object."));
            var seen = new HashSet<string>();
            var fields = new Dictionary<string, JsonElement>();
            foreach (JsonProperty field in root.EnumerateObject())
            {
                string name = Decode("", () => field.Name);
                if (!seen.Add(name)) throw Wrong(name, $"'{name}' is there twice.");
                if (field.Value.ValueKind != JsonValueKind.Null) fields.Add(name, field.Value);
            }

            return fields;
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed($"The body is not valid JSON, or is nested deeper than {MostDepth} levels, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    public static string Text(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Decode(field, () => value.GetString()!) : throw Wrong(field, $"{field} must be a string.");

    public static bool Flag(string field, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(field, $"{field} must be true or false.");

    public static int Integer(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(field, $"{field} must be a whole number.");

    public static TimeSpan Milliseconds(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && Math.Abs(number) < (long)TimeSpan.MaxValue.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(number)
            : throw Wrong(field, $"{field} must be a whole number of milliseconds.");

    public static DateTimeOffset Instant(string field, JsonElement value) => Instant(field, Text(field, value));

    /// <summary>RFC 3339, section 5.6: an instant ends with Z or with the offset from UTC.</summary>
    public static DateTimeOffset Instant(string field, string text) =>
        HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : throw Wrong(field, $"{field} must be an instant as RFC 3339 writes it, such as 2026-01-31T09:00:00Z.");

    public static ProblemException Wrong(string field, string detail) => new(Problem.InvalidField(field.Length == 0 ? "" : $"/{field}", detail));

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private static string Decode(string field, Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(field, "The text holds half of a surrogate pair.");
        }
    }
}
