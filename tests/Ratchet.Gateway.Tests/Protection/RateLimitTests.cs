using System.Net;
using Ratchet.Clients;
using Ratchet.Configuration;
using Ratchet.Gateway.Tests.Support;

namespace Ratchet.Gateway.Tests.Protection;

public sealed class RateLimitTests
{
    private static readonly GatewayOptions Limited = new() { RateLimit = "20/10s", RateLimitLoopback = true };

    [Fact]
    public async Task Tokens_are_leased_in_bunches_and_told_in_headers()
    {
        await using GatewayStandIn gateway = await StartAsync(Limited, ask => new ClientLease(ask.Tokens, 18, TimeSpan.Zero));
        foreach (string remaining in new[] { "19", "18", "19", "18" })
        {
            Answer answer = await gateway.GetAsync("nothing");
            Assert.Equal(404, answer.Status);
            Assert.Equal("\"address\";q=20;w=10", answer.Headers.GetValues("RateLimit-Policy").Single());
            Assert.Equal($"\"address\";r={remaining};t=1", answer.Headers.GetValues("RateLimit").Single());
        }

        // A tenth of the window at once: two requests a call.
        Assert.Equal(2, gateway.Grains.Made.Count(call => call.Contains("LeaseAsync", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Beyond_the_rate_requests_are_refused_without_asking_again_and_probes_are_not()
    {
        await using GatewayStandIn gateway = await StartAsync(Limited, _ => new ClientLease(0, 0, TimeSpan.FromSeconds(3)));
        for (int i = 0; i < 5; i++)
        {
            Answer answer = await gateway.GetAsync("jobs");
            answer.Is(429, "rate-limited");
            Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter!.Delta);
            Assert.Equal("\"address\";r=0;t=10", answer.Headers.GetValues("RateLimit").Single());
        }

        Assert.Single(gateway.Grains.Made);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/livez")).StatusCode);
    }

    [Fact]
    public async Task A_keeper_that_is_away_leaves_the_gateway_to_count_alone()
    {
        await using GatewayStandIn gateway = await StartAsync(Limited, _ => throw new RatchetException("away"));
        int[] statuses = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await gateway.GetAsync("nothing")).Status))];
        // A bunch of two, and then it is that of the next second's turn.
        Assert.Equal([404, 404, 429], statuses.Order());
    }

    [Fact]
    public async Task Loopback_is_not_limited_unless_it_is_asked_for()
    {
        await using GatewayStandIn gateway = await StartAsync(new GatewayOptions { RateLimit = "1/1s" }, _ => new ClientLease(0, 0, TimeSpan.FromSeconds(1)));
        Answer answer = await gateway.GetAsync("nothing");
        Assert.Equal((404, false), (answer.Status, answer.Headers.Contains("RateLimit")));
        Assert.Empty(gateway.Grains.Made);
    }

    [Theory]
    [InlineData(true, "203.0.113.9", "3405803785")]
    [InlineData(true, "evil, 203.0.113.9, 127.0.0.1", "3405803785")]
    [InlineData(true, "2001:db8:1:2:3:4:5:6", "2306139568115613698")]
    [InlineData(false, "203.0.113.9", "2130706433")]
    public async Task Whose_request_it_is_is_believed_of_trusted_proxies_alone(bool trusted, string forwarded, string address)
    {
        ClientLeaseAsk asked = default;
        GatewayOptions options = new() { RateLimit = "20/10s", RateLimitLoopback = true, TrustedProxies = [trusted ? "127.0.0.0/8" : "10.0.0.1"] };
        await using GatewayStandIn gateway = await StartAsync(options, ask =>
        {
            asked = ask;
            return new ClientLease(ask.Tokens, 18, TimeSpan.Zero);
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "nothing") { Headers = { { "X-Forwarded-For", forwarded } } };
        (await gateway.Http.SendAsync(request)).Dispose();
        Assert.Equal(address, $"{asked.Address}");
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("0/1s")]
    [InlineData("10/500ms")]
    [InlineData("10/2d")]
    [InlineData("10")]
    public void A_rate_that_makes_no_sense_is_told_at_start(string rate)
    {
        SettingsException e = Assert.Throws<SettingsException>(() => new GatewayStandIn(new GatewayOptions { RateLimit = rate }));
        Assert.Contains($"Setting 'Gateway:RateLimit' is '{rate}'", e.Message, StringComparison.Ordinal);
    }

    private static async Task<GatewayStandIn> StartAsync(GatewayOptions options, Func<ClientLeaseAsk, ClientLease> keeper)
    {
        var gateway = new GatewayStandIn(options, new Still());
        gateway.Grains.On("IClientRateGrain.LeaseAsync", args => keeper((ClientLeaseAsk)args[1]!));
        await gateway.InitializeAsync();
        return gateway;
    }

    /// <summary>A clock that stands: what is leased does not run out while a busy machine gets on with a test.</summary>
    private sealed class Still : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
