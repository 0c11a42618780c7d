using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Bulk;

/// <summary><c>ratchet bulk</c>: one change of all jobs that a filter picks.</summary>
internal static class BulkCommand
{
    public const string Path = "bulk";

    public static Command Create()
    {
        ServerOption server = new();
        Argument<string> id = new("ID") { Description = "The operation's id." };
        return new Command("bulk", "Changes many jobs at once.")
        {
            server,
            BulkStartCommand.Create(server, "cancel", "Cancels jobs that are not at an end."),
            BulkStartCommand.Create(server, "retry", "Runs jobs again that did not complete."),
            BulkStartCommand.Create(server, "reprioritise", "Gives waiting jobs another priority."),
            BulkStartCommand.Create(server, "delete", "Deletes jobs that are at an end, with their history."),
            ReadCommands.List(server, Path, "Lists operations, newest first.", BulkTable.WriteAll),
            ReadCommands.Get(server, Path, "Shows an operation.", id, BulkTable.WriteFields),
            Stop(server),
        };
    }

    private static Command Stop(ServerOption server)
    {
        Argument<string> id = new("ID") { Description = "The operation's id." };
        OutputOption output = new();
        return new Command("stop", "Stops an operation where it is; what was done stays done.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.PostAsync(ApiPath.Of(Path, parsed.GetRequiredValue(id), "cancel"), cancel)).Body, output.Of(parsed), BulkTable.WriteFields);
            return ExitCodes.Ok;
        });
    }
}
