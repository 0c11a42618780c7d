using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Limiting;

namespace Ratchet.Gateway.Limiting;

/// <summary>A limit as JSON.</summary>
internal static class LimitJson
{
    public static void Write(Utf8JsonWriter json, LimitView limit)
    {
        json.WriteStartObject();
        json.WriteString("scope", ScopeName(limit.Scope));
        json.WriteString("name", limit.Name);
        if (limit.Rule is { } rule) WriteRule(json, rule);
        json.WriteNumber("held", limit.Held);
        json.WriteTexts("holders", limit.Holders.Select(h => h.ToString()));
        json.WriteTexts("waiting", limit.Waiting);
        json.WriteNumber("started", limit.Started);
        json.WriteEndObject();
    }

    /// <summary>The rule's fields in the form in which PUT takes them.</summary>
    public static void WriteRule(Utf8JsonWriter json, LimitRule rule)
    {
        if (rule.Concurrency is { } concurrency) json.WriteNumber("concurrency", concurrency);
        if (rule.Rate is not { } rate) return;
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
