using System.Text;
using Ratchet.Execution.Recordings;

namespace Ratchet.Execution.Fetch;

/// <summary>
/// Answers from a recording and from nowhere else. A call gets the earliest exchange not used yet with its method, URL and body; so calls that an async task
/// makes at once may come in another order than when they were recorded, while equal calls keep theirs. The first call that nothing answers is the
/// divergence: it and every later call fail.
/// </summary>
public sealed class ReplayFetchBroker : IFetchBroker
{
    private const int ShownBodyChars = 200;

    private readonly Lock gate = new();
    private readonly List<RecordedExchange> unused;
    private readonly int total;

    public ReplayFetchBroker(IReadOnlyList<RecordedExchange> exchanges)
    {
        unused = [.. exchanges];
        total = exchanges.Count;
    }

    /// <summary>The first call that the recording does not have, in one sentence; null while there was none. A task may catch the error, this stays.</summary>
    public string? Divergence { get; private set; }

    /// <summary>Recorded exchanges that nobody has asked for so far.</summary>
    public IReadOnlyList<FetchRequest> Unused
    {
        get
        {
            lock (gate) return [.. unused.Select(e => e.Request)];
        }
    }

    public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        lock (gate)
        {
            int index = Divergence is null ? unused.FindIndex(e => Same(e.Request, request)) : -1;
            if (index < 0)
            {
                Divergence ??= Describe(request);
                return Task.FromException<FetchResponse>(new FetchException("NetworkError", Divergence));
            }

            RecordedExchange exchange = unused[index];
            unused.RemoveAt(index);
            return exchange.Response is { } response ? Task.FromResult(response) : Task.FromException<FetchResponse>(exchange.Error!);
        }
    }

    private static bool Same(FetchRequest recorded, FetchRequest request) =>
        recorded.Method == request.Method && recorded.Url == request.Url && Bytes(recorded).SequenceEqual(Bytes(request));

    private static ReadOnlySpan<byte> Bytes(FetchRequest request) => (request.Body ?? ReadOnlyMemory<byte>.Empty).Span;

    private string Describe(FetchRequest request)
    {
        int number = total - unused.Count + 1;
        string expected = unused.Count == 0 ? $"the recording has no more than {total}" : $"the recording goes on with {Show(unused[0].Request)}";
        return $"The replay leaves the recording at HTTP call {number}: the task asked for {Show(request)}, {expected}.";
    }

    private static string Show(FetchRequest request)
    {
        if (Bytes(request) is not { IsEmpty: false } bytes) return $"{request.Method} {request.Url}";
        string body = Encoding.UTF8.GetString(bytes);
        if (body.Length > ShownBodyChars) body = body[..ShownBodyChars] + "...";
        return $"{request.Method} {request.Url} with body {body}";
    }
}
