using GraphQL.DataLoader;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>
/// A DataLoader: keys that resolvers ask for are gathered until the engine has nothing else to do, and read in one call; each key once an operation.
/// </summary>
/// <param name="read">Reads at most <see cref="Most"/> keys. What is not there is left out.</param>
internal sealed class BatchLoader<TKey, TValue>(Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read) where TKey : notnull where TValue : class
{
    /// <summary>Keys of one read.</summary>
    private const int Most = Limits.ListRows;

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Pending> known = [];
    private Batch open = new();

    /// <summary>The value of a key, to be returned by a resolver as it is; null where there is none.</summary>
    public IDataLoaderResult<TValue?> Load(TKey key)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out Pending? pending)) return pending;
            if (open.Keys.Count == Most || open.Begun) open = new Batch();
            open.Keys.Add(key);
            return known[key] = new Pending(this, open, key);
        }
    }

    private Task<IReadOnlyDictionary<TKey, TValue>> ReadAsync(Batch batch)
    {
        lock (gate)
        {
            return batch.Read ??= read(batch.Keys);
        }
    }

    private sealed class Batch
    {
        public List<TKey> Keys { get; } = [];
        public Task<IReadOnlyDictionary<TKey, TValue>>? Read { get; set; }
        public bool Begun => Read is not null;
    }

    private sealed class Pending(BatchLoader<TKey, TValue> loader, Batch batch, TKey key) : IDataLoaderResult<TValue?>
    {
        public async Task<TValue?> GetResultAsync(CancellationToken cancellationToken = default) => (await loader.ReadAsync(batch).WaitAsync(cancellationToken)).GetValueOrDefault(key);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}
