using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Webhooks;

/// <summary>Webhooks for people.</summary>
internal static class WebhookTable
{
    private static readonly string[] Plain = ["id", "url", "description", "concurrency", "enabled"];
    private static readonly string[] Filters = ["events", "states", "tasks", "queues"];
    private static readonly string[] Times = ["failingSince", "previousSecretUntil", "createdAt", "updatedAt"];

    public static void Write(JsonElement webhooks) => TableOutput.Write(
        [new("ID", 1), new("URL", 3, Fit.Cut), new("ENABLED", 2), new("FILTER", 5, Fit.Wrap), new("FAILING SINCE", 4)],
        webhooks.EnumerateArray().Select(webhook => new[]
        {
            webhook.Shown("id"), webhook.Shown("url"), webhook.Shown("enabled"), Filter(webhook), webhook.Field("status")?.ShownTime("failingSince") ?? "",
        }));

    public static void WriteFields(JsonElement webhook)
    {
        List<KeyValuePair<string, string>> fields = [.. Plain.Select(key => KeyValuePair.Create(key, webhook.Shown(key)))];
        fields.AddRange(Filters.Select(key => KeyValuePair.Create(key, Names(webhook, key))));
        if (webhook.Field("status") is { } status)
        {
            fields.Add(KeyValuePair.Create("disabledReason", status.Shown("disabledReason")));
            fields.AddRange(Times.Select(key => KeyValuePair.Create(key, status.ShownTime(key))));
        }

        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));
    }

    /// <summary><c>events=job.failed tasks=billing</c>; <c>all</c> when there is none.</summary>
    private static string Filter(JsonElement webhook)
    {
        string[] given = [.. Filters.Select(key => (key, names: Names(webhook, key))).Where(f => f.names.Length > 0).Select(f => $"{f.key}={f.names}")];
        return given.Length == 0 ? "all" : string.Join(' ', given);
    }

    private static string Names(JsonElement webhook, string key) =>
        webhook.Field(key) is { ValueKind: JsonValueKind.Array } names ? string.Join(',', names.EnumerateArray().Select(n => n.GetString())) : "";
}
