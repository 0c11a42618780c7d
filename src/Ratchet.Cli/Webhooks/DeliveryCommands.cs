using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Schedules;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Webhooks;

/// <summary><c>ratchet webhook deliveries</c>, <c>resend</c> and <c>ping</c>.</summary>
internal static class DeliveryCommands
{
    private const int DefaultLimit = 50;
    private static readonly string[] Plain = ["id", "type", "state", "job", "attempts", "status", "error"];
    private static readonly string[] Times = ["createdAt", "nextAt", "finishedAt"];
    private static readonly TimeSpan PingWait = TimeSpan.FromSeconds(30);

    public static Command List(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        Argument<string?> delivery = new("DELIVERY") { Description = "Shows this one, with its payload and attempts.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> state = new("--state") { Description = "Only those that are pending, succeeded or failed.", HelpName = "STATE" };
        Option<string> type = new("--type") { Description = "Only those of this type of event.", HelpName = "TYPE" };
        Option<string> job = new("--job") { Description = "Only those of this job's events.", HelpName = "ID" };
        Option<string> before = new("--before") { Description = "Only older ones than this delivery.", HelpName = "ID" };
        RangeOption limit = new("--limit", "Most deliveries to list.", DefaultLimit, Limits.ListRows);
        OutputOption output = new();
        return new Command("deliveries", "Lists what was sent to a webhook, newest first, or shows one delivery.") { id, delivery, state, type, job, before, limit, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string path = ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id), "deliveries");
            if (parsed.GetValue(delivery) is { } one)
            {
                Show.Write((await client.GetAsync($"{path}/{Uri.EscapeDataString(one)}", cancel)).Body, output.Of(parsed), WriteFields);
                return ExitCodes.Ok;
            }

            string query = ApiPath.Query(
            [
                ("state", parsed.GetValue(state)), ("type", parsed.GetValue(type)), ("job", parsed.GetValue(job)), ("before", parsed.GetValue(before)),
                ("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)),
            ]);
            Show.Write((await client.GetAsync($"{path}?{query}", cancel)).Body, output.Of(parsed), WriteTable);
            return ExitCodes.Ok;
        });
    }

    public static Command Resend(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        Argument<string?> delivery = new("DELIVERY") { Description = "The delivery to send again.", Arity = ArgumentArity.ZeroOrOne };
        TimeField since = new("--failed-since", "since", "All that have failed of events from then on (ISO 8601; UTC when it names no offset).");
        return new Command("resend", "Sends a delivery again, or all that have failed since an instant.") { id, delivery, since }.Runs(async (parsed, cancel) =>
        {
            bool all = since.Of(parsed) is not null;
            if (all == parsed.GetValue(delivery) is not null) throw new CliException(ExitCodes.Usage, "name one DELIVERY, or say --failed-since.");
            using ApiClient client = server.Connect(parsed);
            string webhook = parsed.GetRequiredValue(id);
            if (!all)
            {
                JsonElement sent = (await client.PostAsync(ApiPath.Of(WebhookCommand.Collection, webhook, "deliveries", parsed.GetValue(delivery)!, "resend"), cancel)).Body;
                Messages.Note($"delivery {sent.Shown("id")} is sent again");
                return ExitCodes.Ok;
            }

            JsonElement answer = (await client.PostAsync(ApiPath.Of(WebhookCommand.Collection, webhook, "resend"), RequestJson.Of(json => since.Write(parsed, json)), cancel)).Body;
            Console.Out.WriteLine(answer.Shown("resent"));
            if (answer.Shown("more") == "true") Messages.Note("there may be more; say it again for the next ones");
            return ExitCodes.Ok;
        });
    }

    public static Command Ping(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        OutputOption output = new();
        return new Command("ping", "Sends a test event and shows what became of it.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement ping = (await client.PostAsync(ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id), "ping"), "{}"u8.ToArray(), PingWait, cancel)).Body;
            Show.Write(ping, output.Of(parsed), WriteFields);
            return ping.Shown("state") == "SUCCEEDED" ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }

    private static void WriteTable(JsonElement deliveries) => TableOutput.Write(
        [new("ID", 1), new("TYPE", 3), new("STATE", 2), new("JOB", 7), new("ATTEMPTS", 6), new("STATUS", 5), new("CREATED", 8), new("NEXT", 9), new("ERROR", 4, Fit.Wrap)],
        deliveries.EnumerateArray().Select(d => new[]
        {
            d.Shown("id"), d.Shown("type"), d.Shown("state"), d.Shown("job"), d.Shown("attempts"), d.Shown("status"), d.ShownTime("createdAt"), d.ShownTime("nextAt"), d.Shown("error"),
        }));

    private static void WriteFields(JsonElement delivery)
    {
        List<KeyValuePair<string, string>> fields = [.. Plain.Select(key => KeyValuePair.Create(key, delivery.Shown(key)))];
        fields.AddRange(Times.Select(key => KeyValuePair.Create(key, delivery.ShownTime(key))));
        fields.Add(KeyValuePair.Create("payload", delivery.Shown("payload")));
        if (delivery.Field("log") is { ValueKind: JsonValueKind.Array } log)
        {
            foreach (JsonElement attempt in log.EnumerateArray())
                fields.Add(KeyValuePair.Create($"attempt {attempt.Shown("number")}", $"{attempt.ShownTime("at")} {attempt.Shown("status")} in {attempt.Shown("duration")} {attempt.Shown("error")} {attempt.Shown("response")}"));
        }

        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));
    }
}
