using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Ratchet.Execution.Packages;

/// <summary>
/// One object of a JSON file, read key by key. A key of the wrong type or out of its range becomes a problem that names it, and counts as absent.
/// </summary>
internal sealed class JsonSection(JsonText text, JsonElement value, IReadOnlyList<string> path)
{
    private const int ShownChars = 40;

    public bool Has(string key) => value.TryGetProperty(key, out _);

    public void AddProblem(string key, string message) => text.AddProblem([.. path, key], message);

    public string Name(string key) => $"`{string.Join('.', path.Append(key))}`";

    public bool TryGet(string key, out JsonElement found) => value.TryGetProperty(key, out found);

    /// <param name="maxChars">Also from 1: an empty or blank text counts as missing.</param>
    public string? RequiredText(string key, int maxChars)
    {
        if (Has(key)) return Text(key, maxChars);
        text.AddProblem(path, $"{Name(key)} is missing.");
        return null;
    }

    public string? Text(string key, int maxChars) => Text(key, maxChars, out string? read) ? read : null;

    public long? Integer(string key, long min, long max)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out long number) && number >= min && number <= max) return number;
        Wrong(key, found, $"must be a whole number from {min} to {max}");
        return null;
    }

    public double? Number(string key, double min, double max)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double number) && number >= min && number <= max) return number;
        Wrong(key, found, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}"));
        return null;
    }

    public bool? Boolean(string key)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.GetBoolean();
        Wrong(key, found, "must be true or false");
        return null;
    }

    /// <summary>A list of non-empty texts; null when absent or wrong.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind == JsonValueKind.Array && found.EnumerateArray().All(IsText)) return [.. found.EnumerateArray().Select(e => e.GetString()!)];
        Wrong(key, found, "must be a list of texts");
        return null;
    }

    public IReadOnlyList<long>? Integers(string key, long min, long max, int most)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind == JsonValueKind.Array && found.GetArrayLength() <= most
            && found.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out long n) && n >= min && n <= max))
        {
            return [.. found.EnumerateArray().Select(e => e.GetInt64())];
        }

        Wrong(key, found, $"must be a list of at most {most} whole numbers from {min} to {max}");
        return null;
    }

    public JsonSection? Section(string key)
    {
        if (!TryGet(key, out JsonElement found)) return null;
        if (found.ValueKind == JsonValueKind.Object) return new JsonSection(text, found, [.. path, key]);
        Wrong(key, found, "must be an object");
        return null;
    }

    public void RefuseUnknown(params IReadOnlyList<string> known)
    {
        foreach (JsonProperty property in value.EnumerateObject().Where(p => !known.Contains(p.Name)))
        {
            string hint = NearestName.Of(property.Name, known) is { } nearest ? $"did you mean {Name(nearest)}?" : "nothing is defined there yet.";
            AddProblem(property.Name, $"{Name(property.Name)} is not a known key; {hint}");
        }
    }

    public void Wrong(string key, JsonElement found, string rule)
    {
        string shown = found.GetRawText();
        if (shown.Length > ShownChars) shown = shown[..ShownChars] + "...";
        AddProblem(key, $"{Name(key)} {rule}, not {shown}.");
    }

    private bool Text(string key, int maxChars, [NotNullWhen(true)] out string? read)
    {
        read = null;
        if (!TryGet(key, out JsonElement found)) return false;
        if (IsText(found) && found.GetString() is { } text && text.Length <= maxChars)
        {
            read = text;
            return true;
        }

        Wrong(key, found, $"must be a text of 1 to {maxChars} characters");
        return false;
    }

    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(element.GetString());
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half of a surrogate pair ("\ud800"), which is no text.
            return false;
        }
    }
}
