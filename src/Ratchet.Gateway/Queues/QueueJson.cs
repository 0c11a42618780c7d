using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Limiting;
using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Gateway.Queues;

/// <summary>A queue as JSON.</summary>
internal static class QueueJson
{
    public static IReadOnlyList<string> Members { get; } = ["name", "mode", "counts", "stats", "limit", "weights"];

    public static void Write(Utf8JsonWriter json, QueueView queue)
    {
        json.WriteStartObject();
        json.WriteString("name", queue.Name);
        json.WriteString("mode", queue.Mode.Name());
        json.WriteStartObject("counts");
        foreach ((JobState state, long count) in queue.Counts.OrderBy(c => c.Key)) json.WriteNumber(state.Name(), count);
        json.WriteEndObject();
        WriteStats(json, queue.Stats);
        if (queue.Limit is { } limit)
        {
            json.WriteStartObject("limit");
            LimitJson.WriteRule(json, limit);
            json.WriteEndObject();
        }

        json.WriteStartObject("weights");
        foreach ((string key, double weight) in queue.Weights.OrderBy(w => w.Key, StringComparer.Ordinal)) json.WriteNumber(key, weight);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStats(Utf8JsonWriter json, QueueStats stats)
    {
        json.WriteStartObject("stats");
        json.WriteNumber("window", stats.Window);
        json.WriteBoolean("moreInStore", stats.MoreInStore);
        json.WriteNumber("inFlight", stats.InFlight);
        json.WriteNumber("nodes", stats.Nodes);
        json.WriteNumber("lanes", stats.Lanes);
        json.WriteNumber("held", stats.Held);
        json.WriteInstant("nextDue", stats.NextDue);
        json.WriteEndObject();
    }
}
