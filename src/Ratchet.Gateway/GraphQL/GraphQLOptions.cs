namespace Ratchet.Gateway.GraphQL;

/// <summary>Section <c>GraphQL</c>.</summary>
public sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>Whether <c>/graphql</c> is there at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether <c>/playground</c> is there.</summary>
    public bool Playground { get; set; } = true;

    /// <summary>Whether <c>__schema</c> and <c>__type</c> are answered.</summary>
    public bool Introspection { get; set; } = true;

    /// <summary>Whether a GET needs a header that no page of another site can send without asking (<c>GraphQL-Preflight</c>).</summary>
    public bool RequirePreflight { get; set; } = true;

    /// <summary>Largest document, in bytes of UTF-8; 256 to 1,000,000.</summary>
    public int MaxDocumentBytes { get; set; } = 64 << 10;

    /// <summary>Levels of fields in one another; 3 to 100.</summary>
    public int MaxDepth { get; set; } = 15;

    /// <summary>Largest cost of an operation (docs/guides/graphql.md); 100 to 10,000,000.</summary>
    public int MaxCost { get; set; } = 20_000;

    /// <summary>Aliased fields in one document; 0 to 1,000.</summary>
    public int MaxAliases { get; set; } = 30;

    /// <summary>Requests in one JSON array; 1: none but the one, up to 100.</summary>
    public int MaxBatch { get; set; } = 10;

    /// <summary>Subscriptions at once in one WebSocket; 1 to 10,000.</summary>
    public int MaxSubscriptions { get; set; } = 100;

    /// <summary>Subscribers at once in one gateway; 1 to 100,000.</summary>
    public int MaxSubscribers { get; set; } = 10_000;

    /// <summary>How long a client may leave what it is sent unread before it is dropped; 1 s to 5 min.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a client may store a document under its SHA-256 (automatic persisted queries).</summary>
    public bool PersistedQueries { get; set; } = true;

    /// <summary>A JSON file of registered operations: an object of documents by id, or by the SHA-256 of their text.</summary>
    public string? OperationsFile { get; set; }

    /// <summary>Whether nothing but registered operations is executed.</summary>
    public bool RegisteredOnly { get; set; }

    /// <exception cref="RatchetException">A setting is out of its range.</exception>
    public void Validate()
    {
        Within(nameof(MaxDocumentBytes), MaxDocumentBytes, 256, 1_000_000);
        Within(nameof(MaxDepth), MaxDepth, 3, 100);
        Within(nameof(MaxCost), MaxCost, 100, 10_000_000);
        Within(nameof(MaxAliases), MaxAliases, 0, 1_000);
        Within(nameof(MaxBatch), MaxBatch, 1, 100);
        Within(nameof(MaxSubscriptions), MaxSubscriptions, 1, 10_000);
        Within(nameof(MaxSubscribers), MaxSubscribers, 1, 100_000);
        if (SendTimeout < TimeSpan.FromSeconds(1) || SendTimeout > TimeSpan.FromMinutes(5)) throw new RatchetException($"{Section}:{nameof(SendTimeout)} must be from 1 second to 5 minutes.");
        if (RegisteredOnly && OperationsFile is null) throw new RatchetException($"{Section}:{nameof(RegisteredOnly)} needs {Section}:{nameof(OperationsFile)}: without it nothing could be asked.");
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new RatchetException($"{Section}:{name} must be from {least} to {most}; it is {value}.");
    }
}
