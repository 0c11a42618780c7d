using System.Text.Json;
using Ratchet.Cli.Limiting;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Queues;

/// <summary>Queues for people.</summary>
internal static class QueueTable
{
    private static readonly string[] States = ["QUEUED", "SCHEDULED", "RETRYING", "PROCESSING"];
    private const int FirstState = 3;

    public static void WriteAll(JsonElement queues) => Write(queues.EnumerateArray());

    public static void WriteOne(JsonElement queue) => Write([queue]);

    public static void WriteFields(JsonElement queue)
    {
        JsonElement counts = queue.Field("counts") ?? default;
        JsonElement stats = queue.Field("stats") ?? default;
        List<KeyValuePair<string, string>> fields = [new("name", queue.Shown("name")), new("mode", queue.Shown("mode"))];
        if (counts.ValueKind == JsonValueKind.Object) fields.AddRange(counts.EnumerateObject().Select(c => KeyValuePair.Create(c.Name, c.Value.ToString())));
        fields.Add(new("limit", queue.Field("limit") is { } limit ? LimitTable.Rule(limit) : ""));
        fields.Add(new("weights", queue.Field("weights") is { ValueKind: JsonValueKind.Object } weights ? string.Join(' ', weights.EnumerateObject().Select(w => $"{w.Name}={w.Value}")) : ""));
        fields.Add(new("nodes", stats.Shown("nodes")));
        fields.Add(new("inFlight", stats.Shown("inFlight")));
        fields.Add(new("lanes", stats.Shown("lanes")));
        fields.Add(new("heldLanes", stats.Shown("held")));
        fields.Add(new("nextDue", stats.ShownTime("nextDue")));
        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));
    }

    private static void Write(IEnumerable<JsonElement> queues) => TableOutput.Write(
        [new("NAME", 1), new("MODE", 2), .. States.Select((state, i) => new Column(state, FirstState + i)), new("LIMIT", FirstState + States.Length, Fit.Wrap)],
        queues.Select(queue => (string[])
        [
            queue.Shown("name"), queue.Shown("mode"), .. States.Select(s => Count(queue, s)), queue.Field("limit") is { } limit ? LimitTable.Rule(limit) : "",
        ]));

    private static string Count(JsonElement queue, string state) => (queue.Field("counts") ?? default).Shown(state) is { Length: > 0 } count ? count : "0";
}
