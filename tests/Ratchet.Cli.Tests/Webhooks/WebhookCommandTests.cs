using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Webhooks;

public sealed class WebhookCommandTests(WebhookStandIn server) : IClassFixture<WebhookStandIn>
{
    [Fact]
    public async Task A_webhook_is_made_by_options_and_only_its_secret_is_on_stdout()
    {
        RatchetResult made = await RunAsync(
            "create", "new", "https://example.com/", "--event", "job.failed", "--event", "job.expired", "--state", "FAILED", "--task", "a", "--queue", "q", "--description", "d", "--concurrency", "1", "--disabled");
        Assert.Equal("whsec_new\n", made.Output);
        Assert.Contains(
            """POST  {"id":"new","url":"https://example.com/","events":["job.failed","job.expired"],"states":["FAILED"],"tasks":["a"],"queues":["q"],"description":"d","concurrency":1,"enabled":false}""",
            server.Requests);
    }

    [Fact]
    public async Task Webhooks_are_listed_and_shown()
    {
        string listed = (await RunAsync("list")).Output;
        Assert.Contains("events=job.failed tasks=t", listed, StringComparison.Ordinal);
        Assert.Contains("its receiver answered 410 Gone", (await RunAsync("get", "orders")).Output, StringComparison.Ordinal);
        (await RunAsync("get", "nope")).Fails(3, "error: There is no webhook 'nope'.");
    }

    [Fact]
    public async Task An_update_is_a_patch_of_what_is_typed()
    {
        Assert.Equal(0, (await RunAsync("update", "orders", "--url", "https://other.example/", "--task", "b", "--all", "events")).ExitCode);
        Assert.Contains("""PATCH /orders {"url":"https://other.example/","tasks":["b"],"events":null}""", server.Requests);
        (await RunAsync("update", "orders")).Fails(2, "say what to change, by options.");
    }

    [Fact]
    public async Task Secrets_rotate()
    {
        RatchetResult rotated = await RunAsync("rotate", "orders", "--overlap", "2h");
        Assert.Equal(("whsec_next\n", "the secret before signs too until 2026-11-24 15:00:00.000Z\n"), (rotated.Output, rotated.Error));
        Assert.Contains("""POST /orders/rotate {"overlap":"2h"}""", server.Requests);
    }

    [Fact]
    public async Task Deliveries_are_listed_shown_and_sent_again()
    {
        Assert.Contains("It answered 500.", (await RunAsync("deliveries", "orders", "--state", "failed", "--limit", "5")).Output, StringComparison.Ordinal);
        Assert.Contains("GET /orders/deliveries?state=failed&limit=5", server.Requests);
        Assert.Contains("""{"type":"job.failed"}""", (await RunAsync("deliveries", "orders", "msg_1")).Output, StringComparison.Ordinal);
        Assert.Equal("delivery msg_1 is sent again\n", (await RunAsync("resend", "orders", "msg_1")).Error);
        RatchetResult all = await RunAsync("resend", "orders", "--failed-since", "2026-11-01");
        Assert.Equal(("10000\n", "there may be more; say it again for the next ones\n"), (all.Output, all.Error));
        Assert.Contains("""POST /orders/resend {"since":"2026-11-01T00:00:00Z"}""", server.Requests);
        (await RunAsync("resend", "orders")).Fails(2, "name one DELIVERY, or say --failed-since.");
    }

    [Fact]
    public async Task A_ping_that_fails_is_exit_1_and_switches_say_what_they_did()
    {
        Assert.Equal(1, (await RunAsync("ping", "orders")).ExitCode);
        Assert.Equal("webhook orders is disabled\n", (await RunAsync("disable", "orders")).Error);
        Assert.Equal("webhook orders is enabled\n", (await RunAsync("enable", "orders")).Error);
        Assert.Equal("webhook orders is deleted\n", (await RunAsync("delete", "orders")).Error);
    }

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["webhook", .. args, "--server", server.Url]);
}
