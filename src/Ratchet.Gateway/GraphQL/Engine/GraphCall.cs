using Microsoft.Extensions.Logging;
using Ratchet.Callers;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>What the resolvers of one operation have in common: for whom it is, the grains, and what has been loaded for it.</summary>
internal sealed class GraphCall(Caller caller, GraphServices services, CancellationToken cancel) : Dictionary<string, object?>
{
    private readonly Dictionary<string, object> loaders = [];

    public Caller Caller => caller;
    public string Tenant => caller.Tenant;
    public IGrainFactory Grains => services.Grains;
    public GraphServices Services => services;
    public CancellationToken Cancel => cancel;

    /// <summary>W3C traceparent of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Told by a field that waits, and how long: a request has no time for that otherwise.</summary>
    public Action<TimeSpan>? Waits { get; init; }

    /// <summary>For a subscription that is taken up again: the id of the last event that the client has had.</summary>
    public string? ResumeAfter { get; init; }

    /// <summary>For a subscription: where the source that its field opens is left.</summary>
    public IAsyncEnumerable<object>? Source { get; set; }

    /// <summary>For a subscription: true while its source is opened and not read.</summary>
    public bool Opening { get; set; }

    /// <summary>The operation's loader of this name, made when it is first asked for.</summary>
    public BatchLoader<TKey, TValue> Loader<TKey, TValue>(string name, Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read) where TKey : notnull where TValue : class
    {
        lock (loaders)
        {
            if (loaders.TryGetValue(name, out object? known)) return (BatchLoader<TKey, TValue>)known;
            var made = new BatchLoader<TKey, TValue>(read);
            loaders.Add(name, made);
            return made;
        }
    }
}

/// <summary>What the gateway has for all operations.</summary>
/// <param name="Stopping">The server stops: waits end, and subscriptions.</param>
internal sealed record GraphServices(IGrainFactory Grains, TimeProvider Time, ILogger Log, CancellationToken Stopping);
