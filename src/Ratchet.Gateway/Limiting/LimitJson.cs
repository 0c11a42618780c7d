using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Limiting;

namespace Ratchet.Gateway.Limiting;

/// <summary>A limit as JSON.</summary>
internal static class LimitJson
{
    public static IReadOnlyList<string> Members { get; } = ["scope", "name", "set", "concurrency", "rate", "held", "holders", "waiting", "started", "nextStart"];

    public static void Write(Utf8JsonWriter json, LimitView limit)
    {
        json.WriteStartObject();
        json.WriteString("scope", ScopeName(limit.Scope));
        json.WriteString("name", limit.Name);
        json.WriteBoolean("set", limit.Rule is not null);
        WriteLimits(json, limit.Concurrency, limit.Rate);
        json.WriteNumber("held", limit.Held);
        json.WriteTexts("holders", limit.Holders.Select(h => h.ToString()));
        json.WriteTexts("waiting", limit.Waiting);
        json.WriteNumber("started", limit.Started);
        json.WriteInstant("nextStart", limit.NextStart);
        json.WriteEndObject();
    }

    /// <summary>The rule's fields in the form in which PUT takes them.</summary>
    public static void WriteRule(Utf8JsonWriter json, LimitRule rule) => WriteLimits(json, rule.Concurrency, rule.Rate);

    private static void WriteLimits(Utf8JsonWriter json, int? most, RateLimit? starts)
    {
        if (most is { } concurrency) json.WriteNumber("concurrency", concurrency);
        if (starts is not { } rate) return;
        json.WriteStartObject("rate");
        json.WriteNumber("count", rate.Count);
        json.WriteString("window", Durations.Format(rate.Window));
        json.WriteEndObject();
    }

    /// <summary>As paths spell it.</summary>
    private static string ScopeName(LimitScope scope) => scope switch
    {
        LimitScope.Queue => "queue",
        LimitScope.Task => "task",
        _ => "key",
    };
}
