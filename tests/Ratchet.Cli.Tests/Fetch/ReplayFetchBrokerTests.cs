using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;

namespace Ratchet.Cli.Tests.Fetch;

public sealed class ReplayFetchBrokerTests
{
    private int asked;

    [Fact]
    public async Task Calls_get_their_recorded_answers_in_any_order_and_equal_calls_in_theirs()
    {
        ReplayFetchBroker broker = new([Exchange("GET", "a", "1"), Exchange("GET", "b", "2"), Exchange("GET", "a", "3"), Exchange("POST", "a", "4", "body")]);
        Assert.Equal("2", await Ask(broker, "GET", "b"));
        Assert.Equal("1", await Ask(broker, "GET", "a"));
        Assert.Equal("4", await Ask(broker, "POST", "a", "body"));
        Assert.Equal("3", await Ask(broker, "GET", "a"));
        Assert.Null(broker.Divergence);
        Assert.Empty(broker.Unused);
    }

    [Fact]
    public async Task A_recorded_error_is_thrown_again()
    {
        ReplayFetchBroker broker = new([new RecordedExchange(Request("GET", "a"), default) { Error = new FetchException("TimeoutError", "too slow") }]);
        FetchException error = await Assert.ThrowsAsync<FetchException>(() => Ask(broker, "GET", "a"));
        Assert.Equal(("TimeoutError", "too slow"), (error.ErrorName, error.Message));
        Assert.Null(broker.Divergence);
    }

    [Theory]
    [InlineData("GET", "other", null, "asked for GET other, the recording goes on with POST a with body body.")]
    [InlineData("PUT", "a", "body", "asked for PUT a with body body, the recording goes on with POST a with body body.")]
    [InlineData("POST", "a", "changed", "asked for POST a with body changed, the recording goes on with POST a with body body.")]
    public async Task The_first_divergence_stays(string method, string url, string? body, string expected)
    {
        ReplayFetchBroker broker = new([Exchange("GET", "a", "1"), Exchange("POST", "a", "2", "body")]);
        await Ask(broker, "GET", "a");
        await Assert.ThrowsAsync<FetchException>(() => Ask(broker, method, url, body));
        await Assert.ThrowsAsync<FetchException>(() => Ask(broker, "POST", "a", "body"));
        Assert.Equal($"The replay leaves the recording at HTTP call 2: the task {expected}", broker.Divergence);
        Assert.Equal("POST", Assert.Single(broker.Unused).Method);
    }

    [Fact]
    public async Task More_calls_than_recorded_diverge()
    {
        ReplayFetchBroker broker = new([]);
        FetchException error = await Assert.ThrowsAsync<FetchException>(() => Ask(broker, "GET", "a"));
        Assert.EndsWith("asked for GET a, the recording has no more than 0.", error.Message, StringComparison.Ordinal);
    }

    private static RecordedExchange Exchange(string method, string url, string answer, string? body = null) =>
        new(Request(method, url, body), default) { Response = new FetchResponse(200, "OK", [], Encoding.UTF8.GetBytes(answer)) };

    private static FetchRequest Request(string method, string url, string? body = null) => new(url, method, [], body is null ? null : Encoding.UTF8.GetBytes(body).AsMemory());

    private async Task<string> Ask(ReplayFetchBroker broker, string method, string url, string? body = null) =>
        Encoding.UTF8.GetString((await broker.FetchAsync(Request(method, url, body) with { Number = ++asked }, TestContext.Current.CancellationToken)).Body.Span);
}
