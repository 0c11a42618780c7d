using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule fires</c>: what became of a schedule's instants, newest first.</summary>
internal static class ScheduleFiresCommand
{
    private const int DefaultLimit = 50;

    public static Command Create(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        TimeField before = new("--before", "before", "Only older instants (ISO 8601; UTC when it names no offset).");
        RangeOption limit = new("--limit", "Most instants to list.", DefaultLimit, Limits.ListRows);
        OutputOption output = new();
        return new Command("fires", "Lists what became of a schedule's instants.") { id, before, limit, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string query = $"/fires?limit={parsed.GetValue(limit)}";
            if (before.Of(parsed) is { } bound) query += $"&before={Uri.EscapeDataString($"{bound.UtcDateTime:O}")}";
            Show.Write((await client.GetAsync(ScheduleCommand.Path(parsed.GetRequiredValue(id), query), cancel)).Body, output.Of(parsed), WriteTable);
            return ExitCodes.Ok;
        });
    }

    private static void WriteTable(JsonElement fires) => TableOutput.Write(
        [new("INSTANT", 1), new("KIND", 5), new("STATE", 2), new("JOB", 3), new("RUN-AT", 6), new("REASON", 4, Fit.Wrap)],
        fires.EnumerateArray().Select(fire => new[]
        {
            fire.ShownTime("instant"), fire.Shown("kind"), fire.Shown("state"), fire.Shown("job"), fire.ShownTime("runAt"), fire.Shown("reason"),
        }));
}
