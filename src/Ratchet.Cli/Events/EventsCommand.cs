using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Events;

/// <summary><c>ratchet events</c>: what happened to jobs lately; with <c>--follow</c> what happens.</summary>
internal static class EventsCommand
{
    private const int DefaultLimit = 50;

    public static Command Create()
    {
        ServerOption server = new();
        Option<string> job = new("--job") { Description = "Only events of this job.", HelpName = "ID" };
        Option<string> task = new("--task") { Description = "Only of jobs of this task.", HelpName = "NAME" };
        Option<string> queue = new("--queue") { Description = "Only of jobs of this queue.", HelpName = "NAME" };
        Option<string> transition = new("--transition") { Description = "Only these transitions, with commas between several: fail, retry, complete ...", HelpName = "NAMES" };
        Option<string> to = new("--to") { Description = "Only those that lead to these states, with commas between several.", HelpName = "STATES" };
        Option<string> after = new("--after") { Description = "Begins behind this event's cursor.", HelpName = "CURSOR" };
        Option<int> limit = new("--limit") { Description = "Most events to show without --follow.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= Limits.ListRows)) result.AddError($"--limit must be from 1 to {Limits.ListRows}.");
        });
        Option<bool> follow = new("--follow", "-f") { Description = "Shows events as they happen, until it is interrupted." };
        OutputOption output = new();
        return new Command("events", "Shows what happened to jobs, oldest first.") { server, job, task, queue, transition, to, after, limit, follow, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            (string, string?)[] filter =
            [
                ("job", parsed.GetValue(job)), ("task", parsed.GetValue(task)), ("queue", parsed.GetValue(queue)), ("transition", parsed.GetValue(transition)), ("to", parsed.GetValue(to)),
                ("after", parsed.GetValue(after)),
            ];
            var lines = new EventLines(output.Of(parsed));
            if (parsed.GetValue(follow))
            {
                if (output.Of(parsed) == OutputFormat.Yaml) throw new CliException(ExitCodes.Usage, "--follow prints table or json, one line each; not yaml.");
                await new EventFollowing(client, TimeProvider.System).RunAsync($"events?{ApiPath.Query([.. filter, ("follow", "true")])}", lines, cancel);
                return ExitCodes.Ok;
            }

            // Behind a cursor they come in their order; without one the newest do, which are shown in their order all the same.
            bool behind = parsed.GetValue(after) is not null;
            JsonElement events = (await client.GetAsync($"events?{ApiPath.Query([.. filter, ("_order", behind ? "asc" : "desc"), ("limit", $"{parsed.GetValue(limit)}")])}", cancel)).Body;
            IEnumerable<JsonElement> ordered = behind ? events.EnumerateArray() : events.EnumerateArray().Reverse();
            if (output.Of(parsed) == OutputFormat.Yaml) YamlOutput.Write(events);
            else foreach (JsonElement happened in ordered) lines.Write(happened);
            return ExitCodes.Ok;
        });
    }
}
