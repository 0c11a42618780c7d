using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Tests.Sandboxes;

namespace Ratchet.Execution.Tests.Fetch;

public sealed class HttpFetchBrokerTests : IAsyncDisposable
{
    private readonly LoopbackServer server = new();
    private readonly HttpFetchBroker broker = new(new FetchOptions { Timeout = TimeSpan.FromSeconds(10), PrivateNetworks = ["127.0.0.1"] }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        broker.Dispose();
        await server.DisposeAsync();
    }

    private Task<FetchResponse> FetchAsync(string path, string method = "GET", string? body = null, params KeyValuePair<string, string>[] headers) =>
        broker.FetchAsync(new FetchRequest(server.Url + path, method, headers, body is null ? null : Encoding.UTF8.GetBytes(body)), TestContext.Current.CancellationToken);

    private static string Text(FetchResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    [Fact]
    public async Task It_names_itself() => Assert.StartsWith("Ratchet/0.", Text(await FetchAsync("agent")), StringComparison.Ordinal);

    [Fact]
    public async Task Redirects_keep_or_change_the_method_as_the_status_says()
    {
        FetchResponse other = await FetchAsync("see-other", "POST", "x");
        Assert.Equal("GET - - ", Text(other));
        Assert.Equal($"{server.Url}echo", other.Url);
        Assert.StartsWith("POST", Text(await FetchAsync("keep", "POST", "x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_have_a_limit() => Assert.Contains("more than 5 times", (await Assert.ThrowsAsync<FetchException>(() => FetchAsync("loop"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_redirect_cannot_leave_HTTP() => await Assert.ThrowsAsync<FetchException>(() => FetchAsync("file"));

    [Fact]
    public async Task Credentials_stay_with_their_origin()
    {
        Assert.Equal("Bearer x", Text(await FetchAsync("auth", "GET", null, new KeyValuePair<string, string>("Authorization", "Bearer x"))));
        FetchResponse elsewhere;
        try
        {
            elsewhere = await FetchAsync("elsewhere", "GET", null, new KeyValuePair<string, string>("Authorization", "Bearer x"));
        }
        catch (FetchException)
        {
            // The listener serves 127.0.0.1 only; a machine whose localhost is ::1 alone cannot follow.
            return;
        }
        Assert.NotEqual("Bearer x", Text(elsewhere));
    }

    [Fact]
    public async Task An_answer_has_a_limit() => Assert.Contains("larger than", (await Assert.ThrowsAsync<FetchException>(() => FetchAsync("large"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task No_answer_in_time_is_a_TimeoutError()
    {
        using var quick = new HttpFetchBroker(new FetchOptions { Timeout = TimeSpan.FromMilliseconds(200), PrivateNetworks = ["127.0.0.1"] }, TimeProvider.System);
        FetchException e = await Assert.ThrowsAsync<FetchException>(() => quick.FetchAsync(new FetchRequest(server.Url + "never", "GET", [], null), TestContext.Current.CancellationToken));
        Assert.Equal("TimeoutError", e.ErrorName);
    }

    [Theory]
    [InlineData("a\r\nb", "x"), InlineData("a", "x\r\ny: z"), InlineData("", "x"), InlineData("Host", "x"), InlineData("Content-Length", "5"), InlineData("Transfer-Encoding", "chunked")]
    public async Task A_header_that_would_change_the_request_is_refused(string name, string value) =>
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync("echo", "POST", "body", new KeyValuePair<string, string>(name, value)));

    [Fact]
    public void Options_have_ranges() =>
        Assert.Contains("Redirects", Assert.Throws<RatchetException>(() => new HttpFetchBroker(new FetchOptions { Redirects = 21 }, TimeProvider.System)).Message, StringComparison.Ordinal);
}
