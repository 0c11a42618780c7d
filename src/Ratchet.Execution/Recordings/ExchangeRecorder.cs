using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Recordings;

/// <summary>Keeps what one run asked over HTTP and what was answered, secrets in headers included: they are redacted when written.</summary>
public sealed class ExchangeRecorder(TimeProvider time)
{
    private static readonly FetchException Unanswered = new("NetworkError", "There is no answer in the recording.");
    private readonly Lock gate = new();
    private readonly List<RecordedExchange> exchanges = [];
    private readonly List<long> started = [];
    private long bytes;

    /// <summary>False when the bodies were more than <see cref="Limits.RecordingBytes"/>: calls that are too much have no answer here.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>In the order of the calls, not of the answers. One that has no answer has an error that says so: the others keep their numbers.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges
    {
        get
        {
            lock (gate) return [.. exchanges.Select(e => e.Response is null && e.Error is null ? e with { Error = Unanswered } : e)];
        }
    }

    /// <summary>Notes a call; to be done in the order of the calls.</summary>
    /// <returns>What the answer is to be noted under.</returns>
    public int Begin(FetchRequest request)
    {
        lock (gate)
        {
            Count(request.Body?.Length ?? 0);
            exchanges.Add(new RecordedExchange(Complete ? request : request with { Body = null }, time.GetUtcNow()));
            started.Add(time.GetTimestamp());
            return exchanges.Count - 1;
        }
    }

    public void Answered(int call, FetchResponse response)
    {
        lock (gate)
        {
            Count(response.Body.Length);
            if (Complete) exchanges[call] = exchanges[call] with { Response = response, Duration = time.GetElapsedTime(started[call]) };
        }
    }

    public void Failed(int call, FetchException error)
    {
        lock (gate) exchanges[call] = exchanges[call] with { Error = error, Duration = time.GetElapsedTime(started[call]) };
    }

    private void Count(int more)
    {
        bytes += more;
        Complete &= bytes <= Limits.RecordingBytes;
    }
}
