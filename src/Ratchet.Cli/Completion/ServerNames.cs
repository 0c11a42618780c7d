using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Completion;

/// <summary>Names of tasks, queues and their kin, of the server that the line would go to. A server that does not answer soon has none: nobody waits for a Tab.</summary>
internal sealed class ServerNames(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> wanted = [];

    /// <summary>What the option takes a name of; null for none.</summary>
    public static string? CollectionOf(Option option) => option.Name switch
    {
        "--task" => KnownNames.Tasks,
        "--queue" => KnownNames.Queues,
        _ => null,
    };

    public static string? CollectionOf(Argument argument, Command command) => (argument.Name, Noun(command), command.Name) switch
    {
        ("TASK", _, _) => KnownNames.Tasks,
        (_, _, "create") => null,
        ("NAME", "task", _) => KnownNames.Tasks,
        ("NAME", "queue", _) => KnownNames.Queues,
        ("NAME", "worker", _) => "workers",
        ("ID", "schedule" or "backfill", _) => "schedules",
        ("ID", "webhook", _) => "webhooks",
        _ => null,
    };

    /// <summary>Called by the parser when such a name may stand where the cursor is.</summary>
    public IEnumerable<CompletionItem> Wanted(string collection)
    {
        wanted.Add(collection);
        return [];
    }

    public async Task<IReadOnlyList<string>> ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (wanted.Count == 0 || Server(parsed.CommandResult.Command) is not { } server) return [];
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using ApiClient client = server.Connect(parsed);
            List<string> names = [];
            foreach (string collection in wanted)
            {
                JsonElement list = (await client.GetAsync(collection, either.Token)).Body;
                if (list.ValueKind == JsonValueKind.Array) names.AddRange(list.EnumerateArray().Select(item => item.Shown("name") is { Length: > 0 } name ? name : item.Shown("id")));
            }

            return names;
        }
        catch (Exception error) when (error is CliException or OperationCanceledException)
        {
            return [];
        }
    }

    private static string Noun(Command command) => command.Parents.OfType<Command>().FirstOrDefault()?.Name ?? "";

    private static ServerOption? Server(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            if (at.Options.OfType<ServerOption>().FirstOrDefault() is { } found) return found;
        }

        return null;
    }
}
