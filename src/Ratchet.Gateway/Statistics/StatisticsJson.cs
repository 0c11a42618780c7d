using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;
using Ratchet.Statistics;

namespace Ratchet.Gateway.Statistics;

/// <summary>Statistics as JSON.</summary>
internal static class StatisticsJson
{
    public static void Write(Utf8JsonWriter json, StatisticsView statistics)
    {
        json.WriteStartObject();
        json.WriteString("at", statistics.At);
        json.WriteStartObject("jobs");
        foreach ((JobState state, long count) in statistics.States.OrderBy(s => s.Key)) json.WriteNumber(state.Name(), count);
        json.WriteEndObject();
        json.WriteTexts("more", statistics.More.Select(state => state.Name()));
        json.WriteStartArray("queues");
        foreach (IGrouping<string, QueueCount> queue in statistics.Queues.GroupBy(q => q.Queue))
        {
            json.WriteStartObject();
            json.WriteString("name", queue.Key);
            json.WriteStartObject("jobs");
            foreach (QueueCount count in queue.OrderBy(c => c.State)) json.WriteNumber(count.State.Name(), count.Count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("throughput");
        WriteThroughput(json, "minute", statistics.Minute);
        WriteThroughput(json, "hour", statistics.Hour);
        json.WriteEndObject();
        json.WriteString("window", Durations.Format(statistics.Window));
        json.WriteStartObject("failures");
        foreach ((FailureKind kind, long count) in statistics.Failures.OrderByDescending(f => f.Value)) json.WriteNumber(kind.ToString(), count);
        json.WriteEndObject();
        WriteTimes(json, "wait", statistics.Wait);
        WriteTimes(json, "run", statistics.Run);
        json.WriteNumber("nodes", statistics.Nodes);
        json.WriteEndObject();
    }

    private static void WriteThroughput(Utf8JsonWriter json, string name, Throughput throughput)
    {
        json.WriteStartObject(name);
        json.WriteNumber("completed", throughput.Completed);
        json.WriteNumber("failed", throughput.Failed);
        json.WriteNumber("perSecond", Math.Round(throughput.PerSecond, 2));
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, string name, TimesView times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", times.Count);
        Milliseconds("p50Ms", times.P50);
        Milliseconds("p95Ms", times.P95);
        Milliseconds("p99Ms", times.P99);
        json.WriteEndObject();

        void Milliseconds(string quantile, TimeSpan? time)
        {
            if (time is { } value) json.WriteNumber(quantile, Math.Round(value.TotalMilliseconds, 1));
        }
    }
}
