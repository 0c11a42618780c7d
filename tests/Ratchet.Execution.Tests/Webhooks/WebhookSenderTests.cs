using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Tests.Fetch;
using Ratchet.Execution.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Execution.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_signature_is_that_of_the_specification()
    {
        // The example of Standard Webhooks' own libraries.
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out byte[] key));
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Sign([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_refused_at_the_connection_whatever_its_name_is()
    {
        await using var server = new HandlerServer((context, _) => HandlerServer.WriteAsync(context, "ok"));
        using WebhookSender sender = SenderOf(new FetchOptions());
        WebhookAnswer byName = await sender.SendAsync(MessageTo(server.OtherUrl), Cancel), byAddress = await sender.SendAsync(MessageTo(server.Url), Cancel);
        Assert.Contains("not public, which webhooks may not call", byName.Error, StringComparison.Ordinal);
        Assert.Contains("not public, which webhooks may not call", byAddress.Error, StringComparison.Ordinal);
        Assert.Equal((null, null, 0), (byName.Status, byAddress.Status, server.Requests));
    }

    [Fact]
    public async Task The_policy_of_scripts_requests_holds_for_webhooks()
    {
        using WebhookSender sender = SenderOf(new FetchOptions { DeniedHosts = ["*.example.com"], HttpsOnly = true });
        Assert.Contains("only https", (await sender.SendAsync(MessageTo("http://a.example.org/"), Cancel)).Error, StringComparison.Ordinal);
        Assert.Contains("a.example.com is not a host that webhooks may call", (await sender.SendAsync(MessageTo("https://a.example.com/"), Cancel)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_only_the_start_of_an_answer_is_read()
    {
        await using var server = new HandlerServer(async (context, number) =>
        {
            if (number == 1) context.Response.RedirectLocation = "/elsewhere";
            await HandlerServer.WriteAsync(context, "\0" + new string('x', 1 << 20), number == 1 ? 307 : 200);
        });
        using WebhookSender sender = SenderOf(new FetchOptions { PrivateNetworks = ["127.0.0.1"] });
        WebhookAnswer redirected = await sender.SendAsync(MessageTo(server.Url), Cancel);
        Assert.Equal((307, false, 1), (redirected.Status, redirected.Accepted, server.Requests));
        WebhookAnswer large = await sender.SendAsync(MessageTo(server.Url), Cancel);
        Assert.Equal((200, true, 1_024), (large.Status, large.Accepted, large.Response!.Length));
        Assert.Equal("\uFFFDx", large.Response[..2]);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up()
    {
        var ended = new TaskCompletionSource();
        await using var server = new HandlerServer((_, _) => ended.Task);
        using WebhookSender sender = SenderOf(new FetchOptions { PrivateNetworks = ["127.0.0.1"] }, new WebhookOptions { Timeout = TimeSpan.FromSeconds(1) });
        WebhookAnswer answer = await sender.SendAsync(MessageTo(server.Url), Cancel);
        ended.SetResult();
        Assert.Equal((null, "There was no answer within 1 s."), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task What_the_receiver_asks_for_is_told()
    {
        await using var server = new HandlerServer((context, _) =>
        {
            context.Response.AddHeader("Retry-After", "120");
            return HandlerServer.WriteAsync(context, "later", 429);
        });
        using WebhookSender sender = SenderOf(new FetchOptions { PrivateNetworks = ["127.0.0.1"] });
        WebhookAnswer answer = await sender.SendAsync(MessageTo(server.Url), Cancel);
        Assert.Equal((429, TimeSpan.FromSeconds(120), "later"), (answer.Status, answer.RetryAfter, answer.Response));
    }

    [Fact]
    public void Options_out_of_their_range_are_told()
    {
        foreach (WebhookOptions wrong in new[]
        {
            new WebhookOptions { Timeout = TimeSpan.Zero }, new WebhookOptions { Jitter = 0.6 }, new WebhookOptions { Poll = TimeSpan.Zero }, new WebhookOptions { Delays = [TimeSpan.FromDays(8)] },
            new WebhookOptions { Concurrent = 0 }, new WebhookOptions { DisableAfter = TimeSpan.FromDays(31) }, new WebhookOptions { Backlog = 1 },
        })
            Assert.StartsWith("Webhooks:", Assert.Throws<RatchetException>(wrong.Validate).Message, StringComparison.Ordinal);
    }

    private static WebhookSender SenderOf(FetchOptions fetch, WebhookOptions? options = null) => new(fetch, options ?? new WebhookOptions(), TimeProvider.System);

    private static WebhookMessage MessageTo(string url) => new(url, "msg_1", "{}"u8.ToArray(), [Key]);
}
