using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>Counts those that listen, over all connections of a gateway.</summary>
internal sealed class Subscribers(GraphQLOptions options)
{
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>A place, given back when it is disposed of.</summary>
    /// <exception cref="ProblemException">There is none left.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref count) <= options.MaxSubscribers)
        {
            GraphQLMetrics.Subscribers.Add(1);
            return new Place(this);
        }

        Interlocked.Decrement(ref count);
        throw new ProblemException(Problem.Busy($"{options.MaxSubscribers} subscribers listen already, which is the limit of this gateway."));
    }

    private sealed class Place(Subscribers all) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) != 0) return;
            Interlocked.Decrement(ref all.count);
            GraphQLMetrics.Subscribers.Add(-1);
        }
    }
}
