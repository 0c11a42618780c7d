using System.Text.Json;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Recordings;

/// <summary>A trace as JSON, to be read by people and by a replay: each call with its value, and how often when more than once.</summary>
internal static class TraceJson
{
    private static readonly Dictionary<TraceKind, string> Names = Enum.GetValues<TraceKind>().ToDictionary(k => k, k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()));
    private static readonly Dictionary<string, TraceKind> Kinds = Names.ToDictionary(n => n.Value, n => n.Key);

    public static void Write(Utf8JsonWriter json, RunTrace trace)
    {
        json.WriteStartObject();
        json.WriteBoolean("complete", trace.Complete);
        json.WriteNumber("contextRun", trace.ContextRun);
        if (trace.Seed is not null) json.WriteBase64String("seed", trace.Seed);
        if (trace.LoadSeed is not null) json.WriteBase64String("loadSeed", trace.LoadSeed);
        Write(json, "load", trace.Load);
        Write(json, "calls", trace.Calls);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A call has no kind that is known, or a seed another length than it has.</exception>
    public static RunTrace Read(JsonElement json) => new()
    {
        Complete = json.GetProperty("complete").GetBoolean(),
        ContextRun = Math.Max(1, json.GetProperty("contextRun").GetInt32()),
        Seed = Seed(json, "seed"),
        LoadSeed = Seed(json, "loadSeed"),
        Load = Entries(json.GetProperty("load")),
        Calls = Entries(json.GetProperty("calls")),
    };

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<TraceEntry> entries)
    {
        json.WriteStartArray(name);
        foreach (TraceEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("call", Names[entry.Kind]);
            if (entry.Kind != TraceKind.Seed) json.WriteNumber("value", entry.Value);
            if (entry.Count > 1) json.WriteNumber("count", entry.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static List<TraceEntry> Entries(JsonElement array)
    {
        var entries = new List<TraceEntry>();
        foreach (JsonElement entry in array.EnumerateArray())
        {
            string name = entry.GetProperty("call").GetString() ?? "";
            if (!Kinds.TryGetValue(name, out TraceKind kind)) throw new FormatException($"'{name}' is no call that this version knows.");
            long value = entry.TryGetProperty("value", out JsonElement number) ? number.GetInt64() : 0;
            entries.Add(new TraceEntry(kind, value, entry.TryGetProperty("count", out JsonElement count) ? Math.Max(1, count.GetInt32()) : 1));
        }
        return entries;
    }

    private static byte[]? Seed(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement text)) return null;
        byte[] seed = text.GetBytesFromBase64();
        return seed.Length == FrameLimits.SeedBytes ? seed : throw new FormatException($"`{name}` has {seed.Length} bytes instead of {FrameLimits.SeedBytes}.");
    }
}
