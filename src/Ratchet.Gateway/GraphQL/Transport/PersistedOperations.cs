using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>
/// Documents that have a name: those registered by a file, and those that clients store themselves under the SHA-256 of their text (Apollo's automatic persisted queries). The latter are kept in memory, the
/// last 2,000 of them; a client whose document is not there any more sends it again.
/// </summary>
internal sealed class PersistedOperations(GraphQLOptions options)
{
    private const int Most = 2_000;

    private readonly Dictionary<string, string> registered = Read(options.OperationsFile);
    private readonly ConcurrentDictionary<string, string> stored = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    /// <summary>The request with its document.</summary>
    /// <exception cref="ProblemException">The document is not known, or may not be executed.</exception>
    public GraphRequest Resolve(GraphRequest request)
    {
        string? hash = Hash(request);
        if ((request.DocumentId ?? hash) is { } id && registered.TryGetValue(id.StartsWith("sha256:", StringComparison.Ordinal) ? id[7..] : id, out string? known)) return request with { Query = known };
        if (options.RegisteredOnly)
        {
            return request.Query is { } text && registered.ContainsKey(HashOf(text))
                ? request
                : throw new ProblemException(Problem.NotRegistered("Only registered operations are executed here: send the documentId of one."));
        }

        if (request.DocumentId is { } unknown) throw new ProblemException(Problem.NotFound($"There is no registered operation '{unknown}'."));
        if (hash is null) return request;
        if (!options.PersistedQueries) throw new ProblemException(new Problem(400, "PERSISTED_QUERY_NOT_SUPPORTED", "Persisted queries are off", "PersistedQueryNotSupported"));
        if (request.Query is not { } document) return request with { Query = stored.TryGetValue(hash, out string? found) ? found : throw NotFound() };
        if (HashOf(document) != hash) throw new ProblemException(Problem.Malformed("extensions.persistedQuery.sha256Hash is not the SHA-256 of the query."));
        Store(hash, document);
        return request;
    }

    private void Store(string hash, string document)
    {
        if (Encoding.UTF8.GetByteCount(document) > options.MaxDocumentBytes || !stored.TryAdd(hash, document)) return;
        order.Enqueue(hash);
        while (order.Count > Most && order.TryDequeue(out string? oldest)) stored.TryRemove(oldest, out _);
    }

    private static string? Hash(GraphRequest request)
    {
        if (request.Extensions?.GetValueOrDefault("persistedQuery") is not IReadOnlyDictionary<string, object?> persisted) return null;
        if (persisted.GetValueOrDefault("version") is not 1) throw new ProblemException(Problem.Malformed("extensions.persistedQuery.version must be 1."));
        return (persisted.GetValueOrDefault("sha256Hash") as string) is { Length: 64 } hash ? hash : throw new ProblemException(Problem.Malformed("extensions.persistedQuery.sha256Hash must be 64 hexadecimal digits."));
    }

    // Code and text are what clients of this extension look for.
    private static ProblemException NotFound() => new(new Problem(400, "PERSISTED_QUERY_NOT_FOUND", "Unknown persisted query", "PersistedQueryNotFound"));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>By the id that the file gives them, and by their hash.</summary>
    private static Dictionary<string, string> Read(string? file)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is null) return all;
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonProperty operation in json.RootElement.EnumerateObject())
            {
                string text = operation.Value.GetString()!;
                all[operation.Name] = text;
                all[HashOf(text)] = text;
            }

            return all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new RatchetException($"The file '{file}' of {GraphQLOptions.Section}:OperationsFile is no JSON object of documents by id: {e.Message}", e);
        }
    }
}
