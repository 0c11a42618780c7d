using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Webhooks;

/// <summary><c>ratchet webhook create</c> and <c>update</c>. A new secret is all that create prints on stdout, so that a script can keep it.</summary>
internal static class WebhookSaveCommand
{
    public static Command CreateNew(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        Argument<string> url = new("URL") { Description = "Where events are sent to: http or https." };
        IBodyField[] fields = Fields();
        Option<bool> disabled = new("--disabled") { Description = "Makes it disabled; 'webhook enable' turns it on." };
        Command command = new("create", "Makes a webhook, and prints its secret, which is not shown again.") { id, url, disabled };
        foreach (IBodyField field in fields) command.Add(field.Option);
        return command.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            byte[] body = RequestJson.Of(json =>
            {
                json.WriteString("id", parsed.GetRequiredValue(id));
                json.WriteString("url", parsed.GetRequiredValue(url));
                foreach (IBodyField field in fields) field.Write(parsed, json);
                if (parsed.GetValue(disabled)) json.WriteBoolean("enabled", false);
            });
            JsonElement made = (await client.PostAsync(WebhookCommand.Collection, body, cancel)).Body;
            Console.Out.WriteLine(Messages.Clean(made.Shown("secret")));
            Messages.Note($"webhook {made.Shown("id")} is made; its secret is shown only now");
            return ExitCodes.Ok;
        });
    }

    public static Command Update(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        TextField url = new("--url", "url", "Where events are sent to.", "URL");
        IBodyField[] fields = [url, .. Fields()];
        Option<string[]> all = new("--all") { Description = "Takes a condition away: events, states, tasks or queues.", HelpName = "FILTER" };
        all.AcceptOnlyFromAmong("events", "states", "tasks", "queues");
        OutputOption output = new();
        Command command = new("update", "Changes what is given of a webhook, and nothing else.") { id, all, output };
        foreach (IBodyField field in fields) command.Add(field.Option);
        return command.Runs(async (parsed, cancel) =>
        {
            if (fields.All(f => parsed.GetResult(f.Option) is null or { Implicit: true }) && parsed.GetValue(all) is not { Length: > 0 }) throw new CliException(ExitCodes.Usage, "say what to change, by options.");
            using ApiClient client = server.Connect(parsed);
            byte[] body = RequestJson.Of(json =>
            {
                foreach (IBodyField field in fields) field.Write(parsed, json);
                foreach (string name in parsed.GetValue(all) ?? []) json.WriteNull(name);
            });
            JsonElement changed = (await client.SendAsync(HttpMethod.Patch, ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id)), body, cancel)).Body;
            Show.Write(changed, output.Of(parsed), WebhookTable.WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static IBodyField[] Fields() =>
    [
        new TextListField("--event", "events", "Only events of this type, such as job.failed; may be repeated.", "TYPE"),
        new TextListField("--state", "states", "Only events that bring jobs into this state; may be repeated.", "STATE"),
        new TextListField("--task", "tasks", "Only events of this task's jobs; may be repeated.", "NAME"),
        new TextListField("--queue", "queues", "Only events of this queue's jobs; may be repeated.", "NAME"),
        new TextField("--description", "description", "For people.", "TEXT"),
        new NumberField("--concurrency", "concurrency", "Most attempts at once; with 1, first attempts keep the order of the events.", 1, Limits.WebhookConcurrency),
    ];
}
