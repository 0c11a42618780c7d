using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Execution.Fetch;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>What the broker does for those it calls and those who call: repeats, turns, breaks, quotas.</summary>
public sealed class BrokerCareTests
{
    private static readonly FetchOptions Options = new() { PrivateNetworks = ["127.0.0.0/8", "::1"], RetryDelay = TimeSpan.FromMilliseconds(1) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FetchRequest Request(string url, string method = "GET", string? body = null) => new(url, method, [], body is null ? null : Encoding.UTF8.GetBytes(body).AsMemory());

    private static string Text(FetchResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    [Theory]
    [InlineData("GET", 3, 200)]
    [InlineData("DELETE", 3, 200)]
    [InlineData("POST", 1, 503)]
    [InlineData("PATCH", 1, 503)]
    public async Task What_is_idempotent_is_asked_again_while_a_server_is_unavailable(string method, int asked, int status)
    {
        await using var server = new HandlerServer((context, number) => HandlerServer.WriteAsync(context, "x", number < 3 ? 503 : 200));
        using var broker = new HttpFetchBroker(Options, TimeProvider.System);
        FetchResponse response = await broker.FetchAsync(Request(server.Url, method), Cancel);
        Assert.Equal((asked, status), (server.Requests, response.Status));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again_with_the_same_body()
    {
        await using var server = new BreakingServer(breaks: 2);
        using var broker = new HttpFetchBroker(Options, TimeProvider.System);
        Assert.Equal("all of it", Text(await broker.FetchAsync(Request(server.Url, "PUT", "all of it"), Cancel)));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_request_that_may_have_done_something_is_not_made_again()
    {
        await using var server = new BreakingServer(breaks: 2);
        using var broker = new HttpFetchBroker(Options, TimeProvider.System);
        await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url, "POST", "x"), Cancel));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("0", 3)]
    [InlineData("3600", 1)]
    [InlineData("Fri, 31 Dec 2100 23:59:59 GMT", 1)]
    public async Task Who_asks_to_be_left_alone_for_long_is(string after, int asked)
    {
        await using var server = new HandlerServer((context, _) =>
        {
            context.Response.Headers["Retry-After"] = after;
            return HandlerServer.WriteAsync(context, "x", 503);
        });
        using var broker = new HttpFetchBroker(Options, TimeProvider.System);
        Assert.Equal(503, (await broker.FetchAsync(Request(server.Url), Cancel)).Status);
        Assert.Equal(asked, server.Requests);
    }

    [Fact]
    public async Task A_host_gets_no_more_requests_at_once_than_it_may_and_holds_up_no_other()
    {
        var release = new TaskCompletionSource();
        var twoAreIn = new TaskCompletionSource();
        int under = 0, most = 0;
        await using var server = new HandlerServer(async (context, _) =>
        {
            if (context.Request.Url!.Host == "localhost")
            {
                await HandlerServer.WriteAsync(context, "other");
                return;
            }
            int now = Interlocked.Increment(ref under);
            InterlockedMax(ref most, now);
            if (now == 2) twoAreIn.TrySetResult();
            await release.Task;
            Interlocked.Decrement(ref under);
            await HandlerServer.WriteAsync(context, "x");
        });
        using var broker = new HttpFetchBroker(Options with { ConcurrentPerHost = 2 }, TimeProvider.System);
        Task<FetchResponse>[] held = [.. Enumerable.Range(0, 8).Select(_ => broker.FetchAsync(Request(server.Url), Cancel))];
        await twoAreIn.Task;
        Assert.Equal("other", Text(await broker.FetchAsync(Request(server.OtherUrl), Cancel)));
        release.SetResult();
        await Task.WhenAll(held);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task An_execution_gets_no_more_requests_at_once_than_its_task_says()
    {
        int under = 0, most = 0;
        await using var server = new HandlerServer(async (context, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref under));
            await HandlerServer.WriteAsync(context, "x");
            Interlocked.Decrement(ref under);
        });
        using var broker = new HttpFetchBroker(Options, TimeProvider.System);
        var use = new FetchUse();
        var rules = new FetchRules([], []) { Concurrent = 1 };
        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => broker.FetchAsync(Request(server.Url) with { Use = use, Number = i, Rules = rules }, Cancel)));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_host_that_fails_is_left_alone_and_tried_again_later()
    {
        bool well = false;
        await using var server = new HandlerServer((context, _) => HandlerServer.WriteAsync(context, "x", Volatile.Read(ref well) ? 200 : 502));
        var time = new FakeTimeProvider();
        using var broker = new HttpFetchBroker(Options with { Retries = 0, BreakerThroughput = 4 }, time);
        for (int i = 0; i < 4; i++) await broker.FetchAsync(Request(server.Url), Cancel);
        FetchException refused = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url), Cancel));
        Assert.Equal(("NetworkError", $"127.0.0.1:{server.Port} is not called for another 15 s: too many requests to it have failed."), (refused.ErrorName, refused.Message));
        Assert.Equal(4, server.Requests);

        well = true;
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(200, (await broker.FetchAsync(Request(server.Url), Cancel)).Status);
        Assert.Equal(200, (await broker.FetchAsync(Request(server.Url), Cancel)).Status);
    }

    [Fact]
    public async Task What_the_policy_refuses_says_nothing_of_a_host()
    {
        await using var server = new HandlerServer((context, _) => HandlerServer.WriteAsync(context, "x"));
        using var broker = new HttpFetchBroker(Options with { PrivateNetworks = [], BreakerThroughput = 2 }, TimeProvider.System);
        for (int i = 0; i < 5; i++)
        {
            FetchException refused = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url), Cancel));
            Assert.Contains("not public", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_and_bytes_of_an_execution_are_counted()
    {
        await using var server = new HandlerServer((context, _) => HandlerServer.WriteAsync(context, new string('x', 600)));
        using var broker = new HttpFetchBroker(Options with { Calls = 100 }, TimeProvider.System);
        var rules = new FetchRules([], []) { Calls = 3, TotalBytes = 2_000 };
        var use = new FetchUse();
        for (int i = 1; i <= 2; i++) await broker.FetchAsync(Request(server.Url, "POST", new string('y', 300)) with { Use = use, Number = i, Rules = rules }, Cancel);
        FetchException bytes = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url, "POST", "z") with { Use = use, Number = 3, Rules = rules }, Cancel));
        FetchException calls = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url) with { Use = use, Number = 4, Rules = rules }, Cancel));
        Assert.Equal(("FetchLimitError", "An execution of this task can send and receive 2000 bytes of bodies."), (bytes.ErrorName, bytes.Message));
        Assert.Equal(("FetchLimitError", "An execution of this task can make 3 requests."), (calls.ErrorName, calls.Message));
    }

    [Fact]
    public async Task A_task_may_ask_for_less_than_its_node_allows_and_not_for_more()
    {
        var never = new TaskCompletionSource();
        await using var server = new HandlerServer((context, _) => context.Request.Url!.AbsolutePath == "/slow" ? never.Task : HandlerServer.WriteAsync(context, new string('x', 5_000)));
        using var broker = new HttpFetchBroker(Options with { ResponseBytes = 4_096, Timeout = TimeSpan.FromSeconds(60) }, TimeProvider.System);
        var more = new FetchRules([], []) { ResponseBytes = 1 << 20 };
        Assert.Contains("larger than 4096 bytes", (await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url) with { Rules = more }, Cancel))).Message, StringComparison.Ordinal);
        var less = new FetchRules([], []) { Timeout = TimeSpan.FromMilliseconds(50) };
        FetchException late = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url + "slow") with { Rules = less }, Cancel));
        Assert.Equal("TimeoutError", late.ErrorName);
        never.SetResult();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
