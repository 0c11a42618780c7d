using System.Globalization;
using System.Text.Json;

namespace Ratchet.Cli.Output;

/// <summary>Where two JSON values differ, a line a place, each with its JSON Pointer (RFC 6901). Numbers are compared by value: 1 is 1.0.</summary>
internal static class JsonDiff
{
    public const int MaxLines = 50;
    private const int ShownChars = 200;

    /// <summary>Empty when they are equal; at most <see cref="MaxLines"/> lines and one that says how many more there are.</summary>
    public static IReadOnlyList<string> Lines(JsonElement expected, JsonElement actual)
    {
        List<string> lines = [];
        Compare("", expected, actual, lines);
        return lines.Count <= MaxLines ? lines : [.. lines.Take(MaxLines), $"... and {lines.Count - MaxLines} more"];
    }

    private static void Compare(string pointer, JsonElement expected, JsonElement actual, List<string> lines)
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object) Objects(pointer, expected, actual, lines);
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array) Arrays(pointer, expected, actual, lines);
        else if (!JsonElement.DeepEquals(expected, actual)) lines.Add($"{Place(pointer)}: expected {Show(expected)}, got {Show(actual)}");
    }

    private static void Objects(string pointer, JsonElement expected, JsonElement actual, List<string> lines)
    {
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            string place = Member(pointer, property.Name);
            if (actual.TryGetProperty(property.Name, out JsonElement found)) Compare(place, property.Value, found, lines);
            else lines.Add($"{place}: expected {Show(property.Value)}, but it is missing");
        }

        foreach (JsonProperty property in actual.EnumerateObject().Where(p => !expected.TryGetProperty(p.Name, out _)))
        {
            lines.Add($"{Member(pointer, property.Name)}: not expected, got {Show(property.Value)}");
        }
    }

    private static void Arrays(string pointer, JsonElement expected, JsonElement actual, List<string> lines)
    {
        int common = Math.Min(expected.GetArrayLength(), actual.GetArrayLength());
        for (int i = 0; i < common; i++) Compare(Index(pointer, i), expected[i], actual[i], lines);
        for (int i = common; i < expected.GetArrayLength(); i++) lines.Add($"{Index(pointer, i)}: expected {Show(expected[i])}, but it is missing");
        for (int i = common; i < actual.GetArrayLength(); i++) lines.Add($"{Index(pointer, i)}: not expected, got {Show(actual[i])}");
    }

    private static string Member(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Index(string pointer, int index) => $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}";

    private static string Place(string pointer) => pointer.Length == 0 ? "(the whole value)" : pointer;

    private static string Show(JsonElement value)
    {
        string text = JsonOutput.ToText(value);
        return text.Length <= ShownChars ? text : text[..ShownChars] + "...";
    }
}
