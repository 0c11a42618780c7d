using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Tests;

/// <summary>A store that does what the real one does, but for calls that a test has said are to fail.</summary>
public sealed class StoreFaults
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Method, string Queue), Exception> faults = [];
    private readonly List<string> thrown = [];

    /// <summary>The next call of a method of <see cref="IJobStore"/> for this queue fails.</summary>
    public void FailOnce(string method, string queue, Exception error)
    {
        lock (gate) faults[(method, queue)] = error;
    }

    public bool HasThrown(string queue)
    {
        lock (gate) return thrown.Contains(queue);
    }

    public IStore Wrap(IStore store) => Forward.To(store, call => call.Method.Name == "get_Jobs" ? Forward.To((IJobStore)call.Go()!, Fail) : call.Go());

    private object? Fail(ForwardedCall call)
    {
        if (call.Args is not [QueueKey queue, ..]) return call.Go();
        lock (gate)
        {
            if (!faults.Remove((call.Method.Name, queue.Name), out Exception? error)) return call.Go();
            thrown.Add(queue.Name);
            throw error;
        }
    }
}
