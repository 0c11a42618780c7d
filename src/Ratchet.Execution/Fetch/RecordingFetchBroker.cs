using Ratchet.Execution.Recordings;

namespace Ratchet.Execution.Fetch;

/// <summary>Passes every call on to another broker and keeps what was asked and answered, secrets included: they are redacted when written.</summary>
public sealed class RecordingFetchBroker(IFetchBroker inner, TimeProvider time) : IFetchBroker
{
    private readonly Lock gate = new();
    private readonly List<RecordedExchange> exchanges = [];

    /// <summary>In the order of the calls, not of the answers. A call that has no answer yet is left out.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges
    {
        get
        {
            lock (gate) return [.. exchanges.Where(e => e.Response is not null || e.Error is not null)];
        }
    }

    public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        RecordedExchange exchange = new(request, time.GetUtcNow());
        long started = time.GetTimestamp();
        int index;
        lock (gate)
        {
            index = exchanges.Count;
            exchanges.Add(exchange);
        }

        try
        {
            FetchResponse response = await inner.FetchAsync(request, cancel);
            Set(index, exchange with { Response = response, Duration = time.GetElapsedTime(started) });
            return response;
        }
        catch (FetchException error)
        {
            Set(index, exchange with { Error = error, Duration = time.GetElapsedTime(started) });
            throw;
        }
    }

    private void Set(int index, RecordedExchange exchange)
    {
        lock (gate) exchanges[index] = exchange;
    }
}
