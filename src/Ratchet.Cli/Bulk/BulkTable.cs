using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Bulk;

/// <summary>Bulk operations for people.</summary>
internal static class BulkTable
{
    private static readonly string[] Plain = ["id", "action", "state", "total", "changed", "skipped", "actor"];
    private static readonly string[] Times = ["createdAt", "finishedAt"];

    public static void WriteAll(JsonElement operations) => TableOutput.Write(
        [new("ID", 1), new("ACTION", 3), new("STATE", 2), new("TOTAL", 5), new("CHANGED", 4), new("SKIPPED", 6), new("CREATED", 7), new("FINISHED", 8)],
        operations.EnumerateArray().Select(o => new[]
        {
            o.Shown("id"), o.Shown("action"), o.Shown("state"), o.Shown("total"), o.Shown("changed"), o.Shown("skipped"), o.ShownTime("createdAt"), o.ShownTime("finishedAt"),
        }));

    public static void WriteFields(JsonElement operation) => TableOutput.WriteFields(
        Plain.Select(key => KeyValuePair.Create(key, operation.Shown(key))).Concat(Times.Select(key => KeyValuePair.Create(key, operation.ShownTime(key)))).Where(f => f.Value.Length > 0));
}
