using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule backfill</c>: a range of past instants as jobs of LOW priority.</summary>
internal static class BackfillCommand
{
    public static Command Create(ServerOption server) => new("backfill", "Fires past instants of a schedule.")
    {
        Start(server), List(server),
        Move(server, "pause", "Holds a backfill."), Move(server, "resume", "Lets a backfill that is held go on."), Move(server, "cancel", "Ends a backfill; its submitted jobs go on."),
    };

    private static Command Start(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        TimeField from = new("--from", "from", "The range's start (ISO 8601; UTC when it names no offset).") { Required = true };
        TimeField to = new("--to", "to", "The range's end, which is not in it.") { Required = true };
        NumberField perMinute = new("--per-minute", "perMinute", "Most jobs a minute; 60 otherwise.", 1, Limits.BackfillPerMinute);
        return new Command("start", "Starts a backfill, and prints its id.") { id, from, to, perMinute }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            byte[] body = RequestJson.Of(json =>
            {
                foreach (IBodyField field in (IBodyField[])[from, to, perMinute]) field.Write(parsed, json);
            });
            JsonElement backfill = (await client.PostAsync(ScheduleCommand.Path(parsed.GetRequiredValue(id), "/backfills"), body, TimeSpan.Zero, cancel)).Body;
            Console.Out.WriteLine(Messages.Clean(backfill.Shown("id")));
            Messages.Note($"{backfill.Shown("total")} instants, {backfill.Shown("perMinute")} a minute");
            return ExitCodes.Ok;
        });
    }

    private static Command List(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        OutputOption output = new();
        return new Command("list", "Lists a schedule's backfills with their progress.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ScheduleCommand.Path(parsed.GetRequiredValue(id), "/backfills"), cancel)).Body, output.Of(parsed), WriteTable);
            return ExitCodes.Ok;
        });
    }

    private static Command Move(ServerOption server, string verb, string description)
    {
        Argument<string> id = ScheduleCommand.Id();
        Argument<string> backfill = new("BACKFILL") { Description = "The backfill's id." };
        return new Command(verb, description) { id, backfill }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string path = ScheduleCommand.Path(parsed.GetRequiredValue(id), $"/backfills/{Uri.EscapeDataString(parsed.GetRequiredValue(backfill))}/{verb}");
            JsonElement moved = (await client.SendAsync(HttpMethod.Post, path, null, cancel)).Body;
            Messages.Note($"backfill {moved.Shown("id")} is {moved.Shown("state")}, {moved.Shown("handled")} of {moved.Shown("total")} instants are handled");
            return ExitCodes.Ok;
        });
    }

    private static void WriteTable(JsonElement backfills) => TableOutput.Write(
        [new("ID", 1), new("STATE", 2), new("FROM", 6), new("TO", 7), new("PER-MINUTE", 8), new("HANDLED", 3), new("TOTAL", 4), new("SUBMITTED", 5)],
        backfills.EnumerateArray().Select(backfill => new[]
        {
            backfill.Shown("id"), backfill.Shown("state"), backfill.ShownTime("from"), backfill.ShownTime("to"), backfill.Shown("perMinute"), backfill.Shown("handled"),
            backfill.Shown("total"), backfill.Shown("submitted"),
        }));
}
