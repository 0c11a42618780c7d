using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Ratchet.Clients;
using Ratchet.Configuration;
using Ratchet.Gateway.Protection;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Submissions;
using Ratchet.Tests.Support;

namespace Ratchet.Gateway.Tests.Protection;

public sealed class ProtectionTests
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task Every_answer_has_the_headers_that_keep_browsers_from_more_and_a_problem_too()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions());
        foreach (string path in new[] { "/livez", "/nothing" })
        {
            using HttpResponseMessage answer = await gateway.Http.GetAsync(path);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security") || answer.Headers.Contains("Access-Control-Allow-Origin") || answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Https_is_to_stay_https_when_a_trusted_proxy_says_that_it_was()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions { TrustedProxies = ["127.0.0.1"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "203.0.113.9" } } };
        gateway.Grains.On("IClientRateGrain.LeaseAsync", new ClientLease(1, 1, TimeSpan.Zero));
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Pages_of_origins_that_are_set_may_call_and_see_what_lists_say()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions { CorsOrigins = [Origin] });
        using HttpResponseMessage preflight = await SendAsync(gateway, HttpMethod.Options, Origin, ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "if-match,idempotency-key"));
        Assert.Equal((HttpStatusCode.NoContent, Origin), (preflight.StatusCode, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Contains("PATCH", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        using HttpResponseMessage problem = await SendAsync(gateway, HttpMethod.Get, Origin);
        Assert.Equal((HttpStatusCode.NotFound, Origin), (problem.StatusCode, problem.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        string exposed = problem.Headers.GetValues("Access-Control-Expose-Headers").Single();
        Assert.All(new[] { "x-total-count", "Link", "ETag", "Location", "RateLimit", "Retry-After" }, name => Assert.Contains(name, exposed, StringComparison.Ordinal));
        using HttpResponseMessage other = await SendAsync(gateway, HttpMethod.Get, "https://evil.example");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Large_answers_are_compressed_for_those_who_take_that_and_small_ones_problems_and_cookies_are_not()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions());
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Queued) with { Input = [(byte)'"', .. new byte[4_000].Select(_ => (byte)'x'), (byte)'"'] });
        Assert.Equal("br", await CodingAsync(gateway, "br, gzip"));
        Assert.Equal("gzip", await CodingAsync(gateway, "gzip"));
        Assert.Null(await CodingAsync(gateway, "zstd"));
        Assert.Null(await CodingAsync(gateway, "br", cookie: "a=b"));
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Queued));
        Assert.Null(await CodingAsync(gateway, "br"));
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", (object?)null);
        Assert.Null(await CodingAsync(gateway, "br"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_ends_with_504_and_one_that_waits_for_a_job_has_its_wait_on_top()
    {
        var time = new FakeTime();
        await using var gateway = new GatewayStandIn(new GatewayOptions { RequestTimeout = TimeSpan.FromSeconds(5) }, time);
        await gateway.InitializeAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Http.BaseAddress!.Port);
        // A body that never comes.
        await client.GetStream().WriteAsync("POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\nPrefer: wait=7\r\n\r\n"u8.ToArray());
        (TimeSpan due, Action fire) = await time.NextTimerAsync();
        Assert.Equal(TimeSpan.FromSeconds(12), due);
        fire();
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 504 Gateway Timeout", await reader.ReadLineAsync());
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // Headers.
        }

        // The length of a chunk, and the chunk.
        await reader.ReadLineAsync();
        Assert.Contains("urn:ratchet:problem:timeout", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tasks/addition/execute", """{"input":{}}""", 65)]
    [InlineData("/graphql", """{"query":"mutation { executeTask(input: {task: \"addition\", input: {}}, wait: \"20s\") { finished } }"}""", 25)]
    public async Task An_endpoint_that_waits_by_itself_has_its_wait_on_top_too(string path, string body, int seconds)
    {
        var time = new FakeTime();
        await using var gateway = new GatewayStandIn(new GatewayOptions { RequestTimeout = TimeSpan.FromSeconds(5) }, time);
        await gateway.InitializeAsync();
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", new SubmitReply([new SubmitResult { Job = Make.Job(JobState.Queued) }]));
        gateway.Grains.On("IJobGrain.WaitAsync", new TaskCompletionSource<JobView?>().Task);
        Task<Answer> waiting = gateway.PostAsync(path, body);
        Assert.Equal(TimeSpan.FromSeconds(5), (await time.NextTimerAsync()).Due);
        (TimeSpan due, Action fire) = await time.NextTimerAsync();
        Assert.Equal(TimeSpan.FromSeconds(seconds), due);
        fire();
        (await waiting).Is(504, "timeout");
    }

    [Theory]
    [InlineData(null, "101")]
    [InlineData(Origin, "101")]
    [InlineData("https://evil.example", "403")]
    public async Task A_WebSocket_is_opened_for_pages_of_the_same_origins(string? origin, string status)
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions { CorsOrigins = [Origin] });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Http.BaseAddress!.Port);
        string from = origin is null ? "" : $"Origin: {origin}\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /graphql HTTP/1.1\r\nHost: a\r\n{from}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_status_and_no_method_makes_a_new_series()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions());
        using var reader = new MetricReader(gateway.Services.GetRequiredService<HttpMetrics>().Meter);
        await gateway.GetAsync("jobs/x");
        using var strange = new HttpRequestMessage(new HttpMethod("BREW"), "jobs/x");
        (await gateway.Http.SendAsync(strange)).Dispose();
        Assert.Equal(1, reader.Sum("ratchet.http.requests", "method=GET route=/api/v1/jobs/{id} status=404"));
        Assert.Equal(1, reader.Sum("ratchet.http.requests", "method=_OTHER route=none status=405"));
    }

    [Fact]
    public void One_address_has_so_many_connections_and_no_more()
    {
        using var metrics = new HttpMetrics();
        var gate = new ConnectionGate(new ProtectionSettings(new GatewayOptions { MaxConnectionsPerAddress = 2 }), metrics);
        ulong address = ClientAddress.Of(IPAddress.Parse("203.0.113.9"));
        Assert.True(gate.Enter(address) && gate.Enter(address));
        Assert.False(gate.Enter(address));
        Assert.True(gate.Enter(address + 1));
        gate.Leave(address);
        Assert.True(gate.Enter(address));
    }

    [Fact]
    public void Addresses_are_one_client_each_and_an_ipv6_network_is_one()
    {
        Assert.Equal(ClientAddress.Of(IPAddress.Parse("203.0.113.9")), ClientAddress.Of(IPAddress.Parse("::ffff:203.0.113.9")));
        Assert.Equal(ClientAddress.Of(IPAddress.Parse("2001:db8:1:2::1")), ClientAddress.Of(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(ClientAddress.Of(IPAddress.Parse("2001:db8:1:2::1")), ClientAddress.Of(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.All(Enumerable.Range(0, 10_000), n => Assert.InRange(ClientAddress.PartOf((ulong)n * 7_919), 0, ClientAddress.Parts - 1));
    }

    [Fact]
    public void A_table_of_addresses_has_a_bound_and_keeps_those_that_come_back()
    {
        var table = new ClientTable(1_000);
        LeasedTokens often = table.Of(0);
        for (ulong address = 1; address < 100_000; address++)
        {
            table.Of(address);
            if (address % 100 == 0) Assert.Same(often, table.Of(0));
            Assert.InRange(table.Count, 1, 1_000);
        }
    }

    private static async Task<string?> CodingAsync(GatewayStandIn gateway, string accepted, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"jobs/{Make.Id}") { Headers = { { "Accept-Encoding", accepted } } };
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request);
        HttpContentHeaders headers = answer.Content.Headers;
        return headers.ContentEncoding.SingleOrDefault();
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayStandIn gateway, HttpMethod method, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "jobs/x") { Headers = { { "Origin", origin } } };
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        return await gateway.Http.SendAsync(request);
    }

    private static async Task<GatewayStandIn> StartAsync(GatewayOptions options)
    {
        var gateway = new GatewayStandIn(options);
        await gateway.InitializeAsync();
        return gateway;
    }

    /// <summary>Its timers fire when a test says so.</summary>
    private sealed class FakeTime : TimeProvider
    {
        private readonly Channel<(TimeSpan, Action)> timers = Channel.CreateUnbounded<(TimeSpan, Action)>();

        public ValueTask<(TimeSpan Due, Action Fire)> NextTimerAsync() => timers.Reader.ReadAsync();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            timers.Writer.TryWrite((dueTime, () => callback(state)));
            return new Told(due => timers.Writer.TryWrite((due, () => callback(state))));
        }

        private sealed class Told(Func<TimeSpan, bool> change) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => change(dueTime);

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
