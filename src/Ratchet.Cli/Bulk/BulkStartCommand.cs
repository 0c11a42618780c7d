using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Bulk;

/// <summary><c>ratchet bulk cancel|retry|reprioritise|delete</c>: asks first, begins, and follows it with <c>--wait</c>.</summary>
internal static class BulkStartCommand
{
    private const string Reprioritise = "reprioritise";

    public static Command Create(ServerOption server, string action, string description)
    {
        BulkFilter filter = new();
        PriorityField priority = new("--priority", "priority", "What the jobs are to have: low, normal, high or urgent.") { Required = true };
        Option<string> key = new("--idempotency-key") { Description = "With the same key it begins once.", HelpName = "KEY" };
        Option<bool> yes = new("--yes", "-y") { Description = "Does not ask." };
        Option<bool> wait = new("--wait") { Description = "Waits for its end, with its progress on stderr." };
        TimeoutOption timeout = new("How long --wait waits; for ever otherwise.");
        OutputOption output = new();
        Command command = new(action, description) { key, yes, wait, timeout, output };
        filter.AddTo(command);
        if (action == Reprioritise) command.Add(priority);
        return command.Runs(async (parsed, cancel) =>
        {
            if (!parsed.GetValue(wait) && timeout.Of(parsed) is not null) throw new CliException(ExitCodes.Usage, "--timeout says how long --wait waits; add --wait.");
            byte[] body = RequestJson.Of(json =>
            {
                json.WriteString("action", action);
                filter.Write(parsed, json);
                if (action == Reprioritise) priority.Write(parsed, json);
            });
            using ApiClient client = server.Connect(parsed);
            await filter.NoteUnknownAsync(client, parsed, cancel);
            if (!parsed.GetValue(yes) && !await ConfirmAsync(client, filter, action, parsed, cancel)) return ExitCodes.Failed;
            JsonElement operation = (await client.SendAsync(HttpMethod.Post, BulkCommand.Path, body, cancel, parsed.GetValue(key))).Body;
            if (parsed.GetValue(wait)) operation = await BulkWait.RunAsync(client, operation, timeout.Of(parsed), TimeProvider.System, cancel);
            Show.Write(operation, output.Of(parsed), BulkTable.WriteFields);
            return ExitCode(operation, parsed.GetValue(wait));
        });
    }

    private static async Task<bool> ConfirmAsync(ApiClient client, BulkFilter filter, string action, ParseResult parsed, CancellationToken cancel)
    {
        if (Console.IsInputRedirected) throw new CliException(ExitCodes.Usage, "this changes many jobs, and nobody is there to be asked; add --yes.");
        long? most = await filter.CountAsync(client, parsed, cancel);
        Console.Error.Write($"{action} up to {most?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all"} jobs? [y/N] ");
        if (Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES") return true;
        Messages.Note("nothing was changed");
        return false;
    }

    private static int ExitCode(JsonElement operation, bool waited)
    {
        string id = operation.Shown("id");
        switch (operation.Shown("state"))
        {
            case "RUNNING" when waited:
                Messages.Error($"operation {id} still runs; 'ratchet bulk get {id}' shows how it goes on.");
                return ExitCodes.TimedOut;
            case "RUNNING":
                Messages.Note($"'ratchet bulk get {id}' shows how it goes on, 'ratchet bulk stop {id}' stops it");
                return ExitCodes.Ok;
            case "CANCELLED":
                Messages.Error($"operation {id} was stopped.");
                return ExitCodes.Failed;
            default:
                return ExitCodes.Ok;
        }
    }
}
