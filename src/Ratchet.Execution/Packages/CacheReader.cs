using System.Globalization;
using System.Text.Json;
using Ratchet.Caching;
using Ratchet.Execution.Caching;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>cache</c>: how long results are shared (<c>ttlMs</c>, or <c>ttl</c> with a unit), and by which parts of the input (<c>key</c>).</summary>
internal static class CacheReader
{
    private static readonly (string Name, long Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <returns>Null when the task has none.</returns>
    public static CachePolicy? Read(JsonSection root)
    {
        if (root.Section("cache") is not { } section) return null;
        section.RefuseUnknown("ttlMs", "ttl", "key");
        long most = (long)CachePolicy.LongestTtl.TotalMilliseconds;
        long? ttl = section.Integer("ttlMs", 1, most), spelled = Ttl(section, most);
        if (ttl is not null && spelled is not null && ttl != spelled) section.AddProblem("ttl", $"{section.Name("ttl")} and {section.Name("ttlMs")} say different things; keep one of them.");
        if (!section.Has("ttlMs") && !section.Has("ttl")) section.AddProblem("ttlMs", $"{section.Name("ttlMs")} is missing: say for how many milliseconds a result is shared.");
        return new CachePolicy(TimeSpan.FromMilliseconds(ttl ?? spelled ?? 1)) { Key = Key(section) };
    }

    private static long? Ttl(JsonSection section, long most)
    {
        if (!section.TryGet("ttl", out JsonElement found)) return null;
        string? text = section.Text("ttl", Limits.NameChars);
        if (text is null) return null;
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        int unit = Array.FindIndex(Units, u => u.Name == text[digits..]);
        if (unit >= 0 && long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count >= 1 && count <= most / Units[unit].Milliseconds)
            return count * Units[unit].Milliseconds;
        section.Wrong("ttl", found, "must be a whole number with a unit, from \"1ms\" to \"30d\" (ms, s, m, h, d)");
        return null;
    }

    /// <summary>One JSON Pointer, or a list of them.</summary>
    private static IReadOnlyList<string> Key(JsonSection section)
    {
        if (!section.TryGet("key", out JsonElement found)) return [];
        IReadOnlyList<string>? pointers = found.ValueKind == JsonValueKind.String ? (section.Text("key", Limits.NameChars) is { } one ? [one] : null) : section.Texts("key");
        if (pointers is null) return [];
        if (pointers.Count is 0 or > CachePolicy.MostPointers) section.AddProblem("key", $"{section.Name("key")} must have 1 to {CachePolicy.MostPointers} JSON Pointers, not {pointers.Count}; without it the whole input counts.");
        foreach (string pointer in pointers)
        {
            if (pointer.Length > Limits.NameChars || !CacheKey.IsPointer(pointer)) section.AddProblem("key", $"{section.Name("key")} has \"{pointer}\", which is not a JSON Pointer of at most {Limits.NameChars} characters, such as /customer/id.");
        }

        return pointers;
    }
}
