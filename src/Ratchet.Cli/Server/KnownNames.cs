using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary>
/// Tells about names that nothing has yet. A queue is there once something is said of it, and a limit may be set before its task is loaded: neither is an error, and
/// a slip of the fingers looks just the same.
/// </summary>
internal static class KnownNames
{
    public const string Tasks = "tasks";
    public const string Queues = "queues";

    /// <summary>A note on stderr when the server knows none of that name.</summary>
    /// <param name="collection"><see cref="Tasks"/> or <see cref="Queues"/>.</param>
    public static async Task NoteUnknownAsync(ApiClient client, string collection, string? name, CancellationToken cancel)
    {
        if (name is null || await ListAsync(client, collection, cancel) is not { } known || known.Contains(name)) return;
        Messages.Note($"note: there was no {collection[..^1]} '{name}' before{Suggestion(name, known)}");
    }

    /// <summary><c>; did you mean 'addition'?</c>, or nothing.</summary>
    public static string Suggestion(string name, IEnumerable<string> known) => NearestName.Close(name, known) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>Null when the server does not say: it is asked only to be helpful.</summary>
    public static async Task<IReadOnlyList<string>?> ListAsync(ApiClient client, string collection, CancellationToken cancel)
    {
        try
        {
            JsonElement list = (await client.GetAsync(collection, cancel)).Body;
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.Shown("name"))] : null;
        }
        catch (CliException)
        {
            return null;
        }
    }
}
