using System.Net;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Tests.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>Where scripts' requests may not go, however it is written.</summary>
public sealed class FetchPolicyTests : IAsyncDisposable
{
    private readonly LoopbackServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("127.0.0.1.")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[0:0:0:0:0:ffff:7f00:0001]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("[::]")]
    [InlineData("127.0.0.1%2f@localhost")]
    [InlineData("example.com@127.0.0.1")]
    [InlineData("\u2460\u2461\u2466.0.0.1")]
    [InlineData("１２７.0.0.1")]
    public async Task This_machine_is_not_reached_by_any_name_of_it(string host)
    {
        string url = server.Url.Replace("127.0.0.1", host, StringComparison.Ordinal) + "text";
        FetchException refused = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new FetchOptions(), url));
        Assert.Equal("NetworkError", refused.ErrorName);
        // Not for want of a server: nobody was asked.
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_held_to_the_same_rules()
    {
        var options = new FetchOptions { PrivateNetworks = ["127.0.0.1"], DeniedHosts = ["localhost"] };
        FetchException denied = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(options, server.Url + "elsewhere"));
        Assert.Contains("localhost is not a host that tasks may call", denied.Message, StringComparison.Ordinal);
        FetchException inside = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(options, server.Url + "neighbour"));
        Assert.Contains("127.0.0.2 is within a network that is not public", inside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_the_operator_allows_is_reached() =>
        Assert.Equal(200, (await FetchAsync(new FetchOptions { PrivateNetworks = ["127.0.0.0/8"] }, server.Url + "text")).Status);

    [Fact]
    public async Task A_task_is_held_to_its_own_hosts()
    {
        var options = new FetchOptions { PrivateNetworks = ["127.0.0.0/8"] };
        FetchException refused = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(options, server.Url + "text", new FetchRules(["api.example.com"], [])));
        Assert.Contains("not a host that this task may call", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync(options, server.Url + "text", new FetchRules([], ["127.0.0.1"])));
        Assert.Equal(200, (await FetchAsync(options, server.Url + "text", new FetchRules(["127.0.0.1"], []))).Status);
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync(options, server.Url + "elsewhere", new FetchRules(["127.0.0.1"], [])));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.128.0.0", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("192.0.0.192", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b:1::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:0:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("100::1", false)]
    public void Only_addresses_of_the_public_internet_are_connected_to(string address, bool allowed) =>
        Assert.Equal(allowed, new FetchPolicy(new FetchOptions()).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://api.example.com/x", true)]
    [InlineData("https://API.Example.COM./x", true)]
    [InlineData("https://a.b.example.org/", true)]
    [InlineData("https://example.org/", false)]
    [InlineData("https://badexample.org/", false)]
    [InlineData("https://api.example.com.evil.test/", false)]
    [InlineData("https://secret.example.org/", false)]
    [InlineData("http://api.example.com/x", false)]
    [InlineData("https://api.example.com:25/", false)]
    [InlineData("ftp://api.example.com/", false)]
    public void Hosts_schemes_and_ports_are_those_that_are_allowed(string url, bool allowed)
    {
        var policy = new FetchPolicy(new FetchOptions { AllowedHosts = ["api.example.com", "*.example.org"], DeniedHosts = ["secret.example.org"], HttpsOnly = true });
        FetchException? refused = null;
        try
        {
            policy.Check(new Uri(url), null);
        }
        catch (FetchException e)
        {
            refused = e;
        }

        Assert.Equal(allowed, refused is null);
    }

    [Theory]
    [InlineData("PrivateNetworks", "10.0.0.0/33")]
    [InlineData("PrivateNetworks", "inside")]
    [InlineData("AllowedHosts", "https://example.com")]
    [InlineData("DeniedHosts", "a b")]
    public void A_rule_that_is_none_is_told(string option, string text)
    {
        FetchOptions options = option switch
        {
            "PrivateNetworks" => new FetchOptions { PrivateNetworks = [text] },
            "AllowedHosts" => new FetchOptions { AllowedHosts = [text] },
            _ => new FetchOptions { DeniedHosts = [text] },
        };
        RatchetException error = Assert.Throws<RatchetException>(() => new FetchPolicy(options));
        Assert.Contains($"{option} has '{text}'", error.Message, StringComparison.Ordinal);
    }

    private static async Task<FetchResponse> FetchAsync(FetchOptions options, string url, FetchRules? rules = null)
    {
        using var broker = new HttpFetchBroker(options with { Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        return await broker.FetchAsync(new FetchRequest(url, "GET", [], null) { Rules = rules }, TestContext.Current.CancellationToken);
    }
}
