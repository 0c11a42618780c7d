using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule list</c>: by id.</summary>
internal static class ScheduleListCommand
{
    private const int DefaultLimit = 50;

    public static Command Create(ServerOption server)
    {
        Option<string> task = new("--task") { Description = "Only schedules of this task.", HelpName = "NAME" };
        Option<bool> enabled = new("--enabled") { Description = "Only those that are enabled." };
        Option<bool> disabled = new("--disabled") { Description = "Only those that are disabled." };
        RangeOption limit = new("--limit", "Most schedules to list.", DefaultLimit, Limits.ListRows);
        OutputOption output = new();
        return new Command("list", "Lists schedules.") { task, enabled, disabled, limit, output }.Runs(async (parsed, cancel) =>
        {
            bool on = parsed.GetValue(enabled), off = parsed.GetValue(disabled);
            if (on && off) throw new CliException(ExitCodes.Usage, "--enabled and --disabled exclude each other.");
            using ApiClient client = server.Connect(parsed);
            string query = $"_start=0&_end={parsed.GetValue(limit)}";
            if (parsed.GetValue(task) is { } name) query += $"&task={Uri.EscapeDataString(name)}";
            if (on || off) query += $"&enabled={(on ? "true" : "false")}";
            ApiAnswer answer = await client.GetAsync($"schedules?{query}", cancel);
            Show.Write(answer.Body, output.Of(parsed), WriteTable);
            int shown = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.GetArrayLength() : 0;
            if (answer.Total > shown) Messages.Note($"{shown} of {answer.Total} schedules; --limit shows more");
            return ExitCodes.Ok;
        });
    }

    private static void WriteTable(JsonElement schedules) => TableOutput.Write(
        [new("ID", 1), new("TASK", 5, Fit.Cut), new("WHEN", 3, Fit.Cut), new("ENABLED", 2), new("OVERLAP", 8), new("MISFIRE", 7), new("NEXT", 4), new("LAST", 6)],
        schedules.EnumerateArray().Select(schedule => new[]
        {
            schedule.Shown("id"), schedule.Field("job")?.Shown("task") ?? "", ScheduleDetails.When(schedule), schedule.Shown("enabled"), schedule.Shown("overlap"),
            schedule.Shown("misfire"), schedule.Field("status")?.ShownTime("nextInstant") ?? "", schedule.Field("status")?.ShownTime("lastInstant") ?? "",
        }));
}
