using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Bulk;

/// <summary>Which jobs a bulk operation is about.</summary>
internal sealed class BulkFilter
{
    private readonly StateOption state = new();
    private readonly TextField task = new("--task", "task", "Only jobs of this task.", "NAME");
    private readonly TextField queue = new("--queue", "queue", "Only jobs of this queue.", "NAME");
    private readonly TimeField before = new("--created-before", "createdBefore", "Only jobs from before this time.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[state, task, queue, before]) command.Add(option);
    }

    /// <exception cref="CliException">Nothing was given: it would be about every job there is.</exception>
    public void Write(ParseResult parsed, Utf8JsonWriter json)
    {
        string[] states = state.Of(parsed);
        if (states.Length == 0 && parsed.GetValue(task) is null && parsed.GetValue(queue) is null && before.Of(parsed) is null)
            throw new CliException(ExitCodes.Usage, "say which jobs: at least one of --state, --task, --queue and --created-before.");
        json.WriteStartObject("filter");
        if (states.Length > 0)
        {
            json.WriteStartArray("state");
            foreach (string name in states) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        task.Write(parsed, json);
        queue.Write(parsed, json);
        before.Write(parsed, json);
        json.WriteEndObject();
    }

    /// <summary>An operation about a name that nothing has changes nothing, and looks as if all were well.</summary>
    public async Task NoteUnknownAsync(ApiClient client, ParseResult parsed, CancellationToken cancel)
    {
        await KnownNames.NoteUnknownAsync(client, KnownNames.Tasks, parsed.GetValue(task), cancel);
        await KnownNames.NoteUnknownAsync(client, KnownNames.Queues, parsed.GetValue(queue), cancel);
    }

    /// <summary>How many jobs there are at most: lists know neither what the action can change nor <c>--created-before</c>.</summary>
    public async Task<long?> CountAsync(ApiClient client, ParseResult parsed, CancellationToken cancel)
    {
        string[] states = state.Of(parsed);
        string query = ApiPath.Query([
            ("state", states.Length > 0 ? string.Join(',', states) : null), ("task", parsed.GetValue(task)), ("queue", parsed.GetValue(queue)), ("_start", "0"), ("_end", "1"),
        ]);
        return (await client.GetAsync($"jobs?{query}", cancel)).Total;
    }
}
