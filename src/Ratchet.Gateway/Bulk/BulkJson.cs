using System.Text.Json;
using Ratchet.Bulk;
using Ratchet.Gateway.Hosting;

namespace Ratchet.Gateway.Bulk;

/// <summary>A bulk operation as JSON.</summary>
internal static class BulkJson
{
    public static IReadOnlyList<string> Members { get; } = ["id", "action", "state", "total", "changed", "skipped", "actor", "createdAt", "finishedAt"];

    public static void Write(Utf8JsonWriter json, BulkView bulk)
    {
        json.WriteStartObject();
        json.WriteString("id", bulk.Id);
        json.WriteString("action", bulk.Action.Name());
        json.WriteString("state", bulk.State);
        json.WriteNumber("total", bulk.Total);
        json.WriteNumber("changed", bulk.Changed);
        json.WriteNumber("skipped", bulk.Skipped);
        json.WriteString("actor", bulk.Actor);
        json.WriteString("createdAt", bulk.CreatedAt);
        json.WriteInstant("finishedAt", bulk.FinishedAt);
        json.WriteEndObject();
    }
}
