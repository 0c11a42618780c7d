using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job list</c>: newest jobs first, as the server orders them.</summary>
internal static class JobListCommand
{
    private const int DefaultLimit = 50;

    public static Command Create(ServerOption server)
    {
        StateOption state = new();
        Option<string> task = new("--task") { Description = "Only jobs of this task.", HelpName = "NAME" };
        Option<string> queue = new("--queue") { Description = "Only jobs of this queue.", HelpName = "NAME" };
        Option<int> limit = new("--limit") { Description = "Most jobs to list.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= Limits.ListRows)) result.AddError($"--limit must be from 1 to {Limits.ListRows}.");
        });
        OutputOption output = new();
        return new Command("list", "Lists jobs.") { state, task, queue, limit, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string query = ApiPath.Query([
                ("state", state.Of(parsed) is { Length: > 0 } states ? string.Join(',', states) : null), ("task", parsed.GetValue(task)), ("queue", parsed.GetValue(queue)),
                ("_start", "0"), ("_end", $"{parsed.GetValue(limit)}"),
            ]);
            ApiAnswer answer = await client.GetAsync($"jobs?{query}", cancel);
            Show.Write(answer.Body, output.Of(parsed), JobTable.WriteAll);
            if (answer.Total == 0)
            {
                await KnownNames.NoteUnknownAsync(client, KnownNames.Tasks, parsed.GetValue(task), cancel);
                await KnownNames.NoteUnknownAsync(client, KnownNames.Queues, parsed.GetValue(queue), cancel);
            }

            int shown = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.GetArrayLength() : 0;
            if (answer.Total > shown) Messages.Note($"{shown} of {answer.Total} jobs; --limit shows more");
            return ExitCodes.Ok;
        });
    }
}
