using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;

namespace Ratchet.Execution.Fetch.Hosts;

/// <summary>The gates of the hosts that were called of late.</summary>
internal sealed class HostGates : IDisposable
{
    // Beyond this the ones that nobody uses are let go, and with them what they remember of failures.
    private const int Most = 1_000;

    private readonly FetchOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, HostGate> gates = new(StringComparer.Ordinal);

    public HostGates(FetchOptions options, TimeProvider time, Meter meter)
    {
        (this.options, this.time) = (options, time);
        meter.CreateObservableUpDownCounter("ratchet.fetch.hosts.open", CountOpen, "{host}", "Hosts that are left alone for a while because requests to them fail.");
    }

    /// <exception cref="FetchException">The host is left alone.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(Uri url, Func<CancellationToken, ValueTask<HttpResponseMessage>> send, CancellationToken cancel)
    {
        HostGate host = Enter($"{url.Scheme}://{url.IdnHost}:{url.Port}");
        try
        {
            return await host.SendAsync(send, cancel);
        }
        catch (BrokenCircuitException e)
        {
            string until = e.RetryAfter is { } wait ? $" for another {Math.Ceiling(wait.TotalSeconds)} s" : "";
            throw new FetchException(FetchException.Network, $"{url.IdnHost}:{url.Port} is not called{until}: too many requests to it have failed.");
        }
        finally
        {
            lock (gate) host.Users--;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (HostGate host in gates.Values) host.Dispose();
            gates.Clear();
        }
    }

    private HostGate Enter(string key)
    {
        lock (gate)
        {
            if (!gates.TryGetValue(key, out HostGate? host))
            {
                if (gates.Count >= Most) LetGo();
                gates[key] = host = new HostGate(options, time);
            }

            host.Users++;
            return host;
        }
    }

    private void LetGo()
    {
        foreach ((string key, HostGate host) in gates.Where(g => g.Value is { Users: 0, IsOpen: false }).ToArray())
        {
            gates.Remove(key);
            host.Dispose();
        }
    }

    private int CountOpen()
    {
        lock (gate) return gates.Values.Count(host => host.IsOpen);
    }
}
