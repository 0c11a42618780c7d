namespace Ratchet.Execution.Fetch;

/// <summary>
/// Answers from a test's mocks and from nowhere else. A mock with exactly the requested URL goes before one whose URL is only a part of it, and
/// earlier ones go before later ones. Mocks with the same URL and method answer in turn, the last of them again and again: so a test
/// can show a service that fails first.
/// </summary>
public sealed class MockFetchBroker(IReadOnlyList<MockExchange> mocks) : IFetchBroker
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Url, string? Method), int> used = [];

    public bool AnswersAtOnce => true;

    public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        MockExchange? match = Find(request, (mock, url) => mock == url) ?? Find(request, (mock, url) => url.Contains(mock, StringComparison.Ordinal));
        if (match is null) return Task.FromException<FetchResponse>(new FetchException("NetworkError", Unmatched(request)));
        return Task.FromResult(Next(match).Response with { Url = request.Url });
    }

    private MockExchange? Find(FetchRequest request, Func<string, string, bool> matches) =>
        mocks.FirstOrDefault(m => (m.Method is null || m.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase)) && matches(m.Url, request.Url));

    private MockExchange Next(MockExchange match)
    {
        MockExchange[] turns = [.. mocks.Where(m => m.Url == match.Url && m.Method == match.Method)];
        lock (gate)
        {
            int turn = used.GetValueOrDefault((match.Url, match.Method));
            used[(match.Url, match.Method)] = turn + 1;
            return turns[Math.Min(turn, turns.Length - 1)];
        }
    }

    private string Unmatched(FetchRequest request) => mocks.Count == 0
        ? $"The test has no mock.http, so {request.Method} {request.Url} goes unanswered."
        : $"No mock answers {request.Method} {request.Url}; there are: {string.Join(", ", mocks)}.";
}
