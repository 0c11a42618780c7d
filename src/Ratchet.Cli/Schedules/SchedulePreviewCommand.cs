using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule preview</c>: the next instants of a schedule, or of a timing that is not saved.</summary>
internal static class SchedulePreviewCommand
{
    private const int DefaultCount = 10;

    public static Command Create(ServerOption server)
    {
        Argument<string?> id = new("ID") { Description = "The schedule's id; without one, a timing by options.", Arity = ArgumentArity.ZeroOrOne };
        RangeOption count = new("--count", "How many instants.", DefaultCount, Limits.PreviewInstants);
        TimingOptions timing = new();
        OutputOption output = new();
        Command command = new("preview", "Shows when a schedule fires next.") { id, count, output };
        timing.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            string? saved = parsed.GetValue(id);
            if (saved is null == !timing.Given(parsed)) throw new CliException(ExitCodes.Usage, "Give a schedule's id, or a timing: --cron, --every or --at.");
            using ApiClient client = server.Connect(parsed);
            string query = $"preview?count={parsed.GetValue(count)}";
            ApiAnswer answer = saved is not null
                ? await client.GetAsync(ScheduleCommand.Path(saved, $"/{query}"), cancel)
                : await client.PostAsync($"schedules/{query}", RequestJson.Of(json => timing.Write(json, parsed)), TimeSpan.Zero, cancel);
            Show.Write(answer.Body, output.Of(parsed), WriteLines);
            return ExitCodes.Ok;
        });
    }

    private static void WriteLines(JsonElement instants)
    {
        foreach (JsonElement instant in instants.EnumerateArray())
        {
            if (!instant.TryGetDateTimeOffset(out DateTimeOffset at)) continue;
            string line = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            // The clock of the schedule's zone, where it is not UTC: that is the one that people had in mind.
            if (at.Offset != TimeSpan.Zero) line += at.ToString("  yyyy-MM-dd HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            Console.Out.WriteLine(line);
        }
    }
}
