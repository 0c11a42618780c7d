using System.Text.Json;
using Ratchet.Caching;
using Ratchet.Gateway.Hosting;

namespace Ratchet.Gateway.Tasks;

/// <summary>A task's result cache as JSON.</summary>
public static class CacheJson
{
    public static void Write(Utf8JsonWriter json, string task, CacheView view)
    {
        json.WriteStartObject();
        json.WriteString("task", task);
        json.WriteBoolean("enabled", view.Policy is not null);
        if (view.Policy is { } policy) WritePolicy(json, policy);
        json.WriteNumber("entries", view.Entries);
        json.WriteNumber("hits", view.Hits);
        json.WriteNumber("misses", view.Misses);
        json.WriteNumber("waiting", view.Waiting);
        json.WriteInstant("purgedAt", view.PurgedAt);
        json.WriteEndObject();
    }

    /// <summary>As the task's metadata has it.</summary>
    public static void WritePolicy(Utf8JsonWriter json, CachePolicy policy)
    {
        json.WriteStartObject("cache");
        json.WriteNumber("ttlMs", policy.Ttl.TotalMilliseconds);
        if (policy.Key.Count > 0) json.WriteTexts("key", policy.Key);
        json.WriteEndObject();
    }
}
