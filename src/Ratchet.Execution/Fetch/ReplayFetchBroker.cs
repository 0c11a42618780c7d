using System.Text;
using Ratchet.Execution.Recordings;

namespace Ratchet.Execution.Fetch;

/// <summary>
/// Answers from a recording and from nowhere else. A call gets the exchange of its number if that has its method, URL and body, else the earliest one not used
/// yet that has: changed code may call less, or in another order. The first call that nothing answers is the divergence: it and every later call fail.
/// </summary>
public sealed class ReplayFetchBroker : IFetchBroker
{
    private const int ShownBodyChars = 200;

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, RecordedExchange> unused = [];
    private readonly int total;

    public ReplayFetchBroker(IReadOnlyList<RecordedExchange> exchanges)
    {
        total = exchanges.Count;
        for (int i = 0; i < total; i++) unused.Add(i + 1, exchanges[i]);
    }

    /// <summary>The first call that the recording does not have, in one sentence; null while there was none. A task may catch the error, this stays.</summary>
    public string? Divergence { get; private set; }

    /// <summary>The number of that call, from 1.</summary>
    public int DivergedAt { get; private set; }

    /// <summary>Recorded exchanges that nobody has asked for so far.</summary>
    public IReadOnlyList<FetchRequest> Unused
    {
        get
        {
            lock (gate) return [.. unused.Values.Select(e => e.Request)];
        }
    }

    public bool AnswersAtOnce => true;

    public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        lock (gate)
        {
            int number = Divergence is null ? Find(request) : 0;
            if (number == 0)
            {
                if (Divergence is null) (Divergence, DivergedAt) = (Describe(request), request.Number);
                return Task.FromException<FetchResponse>(new FetchException("NetworkError", Divergence));
            }

            unused.Remove(number, out RecordedExchange? exchange);
            return exchange!.Response is { } response ? Task.FromResult(response) : Task.FromException<FetchResponse>(exchange.Error!);
        }
    }

    private int Find(FetchRequest request)
    {
        if (unused.TryGetValue(request.Number, out RecordedExchange? own) && Same(own.Request, request)) return request.Number;
        return unused.FirstOrDefault(e => Same(e.Value.Request, request)).Key;
    }

    private static bool Same(FetchRequest recorded, FetchRequest request) =>
        recorded.Method == request.Method && recorded.Url == request.Url && Bytes(recorded).SequenceEqual(Bytes(request));

    private static ReadOnlySpan<byte> Bytes(FetchRequest request) => (request.Body ?? ReadOnlyMemory<byte>.Empty).Span;

    private string Describe(FetchRequest request)
    {
        string expected = unused.Count == 0 ? $"the recording has no more than {total}" : $"the recording goes on with {Show(unused.First().Value.Request)}";
        return $"The replay leaves the recording at HTTP call {request.Number}: the task asked for {Show(request)}, {expected}.";
    }

    private static string Show(FetchRequest request)
    {
        if (Bytes(request) is not { IsEmpty: false } bytes) return $"{request.Method} {request.Url}";
        string body = Encoding.UTF8.GetString(bytes);
        if (body.Length > ShownBodyChars) body = body[..ShownBodyChars] + "...";
        return $"{request.Method} {request.Url} with body {body}";
    }
}
