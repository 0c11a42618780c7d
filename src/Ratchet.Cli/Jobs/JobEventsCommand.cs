using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job events</c>: what happened to a job, oldest first.</summary>
internal static class JobEventsCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        OutputOption output = new();
        return new Command("events", "Shows what happened to a job, oldest first.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(id.Path(parsed, "events"), cancel)).Body, output.Of(parsed), WriteTable);
            return ExitCodes.Ok;
        });
    }

    private static void WriteTable(JsonElement events) => TableOutput.Write(
        [new("AT", 1), new("TRANSITION", 3), new("FROM", 6), new("TO", 2), new("ATTEMPT", 5), new("ACTOR", 7, Fit.Cut), new("REASON", 4, Fit.Wrap)],
        events.EnumerateArray().Select(e => new[]
        {
            e.ShownTime("at"), e.Shown("transition"), e.Shown("from"), e.Shown("to"), e.Shown("attempt"), e.Shown("actor"), e.Shown("reason"),
        }));
}
