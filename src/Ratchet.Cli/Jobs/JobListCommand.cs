using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Jobs;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job list</c>: newest jobs first, as the server orders them.</summary>
internal static class JobListCommand
{
    private const int DefaultLimit = 50;
    private static readonly string States = string.Join(", ", JobStates.All.Select(s => s.Name()));

    public static Command Create(ServerOption server)
    {
        Option<string> state = new("--state") { Description = $"Only jobs in this state: {States}.", HelpName = "STATE" };
        Option<string> task = new("--task") { Description = "Only jobs of this task.", HelpName = "NAME" };
        Option<string> queue = new("--queue") { Description = "Only jobs of this queue.", HelpName = "NAME" };
        Option<int> limit = new("--limit") { Description = "Most jobs to list.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        state.Validators.Add(result =>
        {
            if (!JobStates.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError($"--state must be one of {States}.");
        });
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= Limits.ListRows)) result.AddError($"--limit must be from 1 to {Limits.ListRows}.");
        });
        OutputOption output = new();
        return new Command("list", "Lists jobs.") { state, task, queue, limit, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string query = ApiPath.Query([
                ("state", parsed.GetValue(state)?.ToUpperInvariant()), ("task", parsed.GetValue(task)), ("queue", parsed.GetValue(queue)),
                ("_start", "0"), ("_end", $"{parsed.GetValue(limit)}"),
            ]);
            ApiAnswer answer = await client.GetAsync($"jobs?{query}", cancel);
            Show.Write(answer.Body, output.Of(parsed), JobTable.WriteAll);
            int shown = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.GetArrayLength() : 0;
            if (answer.Total > shown) Messages.Note($"{shown} of {answer.Total} jobs; --limit shows more");
            return ExitCodes.Ok;
        });
    }
}
