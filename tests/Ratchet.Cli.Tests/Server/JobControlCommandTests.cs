using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

public sealed class JobControlCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Fact]
    public async Task Cancel_says_what_it_did()
    {
        RatchetResult result = await RunAsync("cancel", ServerStandIn.JobId, "--reason", "wrong customer");
        Assert.Equal(["id", ServerStandIn.JobId, "state", "CANCELLED", "was", "PROCESSING", "interrupted", "w1"], Words(result.Output));
        Assert.Contains($$"""POST /api/v1/jobs/{{ServerStandIn.JobId}}/cancel [] {"reason":"wrong customer"}""", server.Requests);
        Assert.Equal("PROCESSING", JsonElement.Parse((await RunAsync("cancel", ServerStandIn.JobId, "-o", "json")).Output).GetProperty("was").GetString());
    }

    [Fact]
    public async Task What_the_state_does_not_allow_is_exit_1() => (await RunAsync("cancel", "other")).Fails(1, "error: Job x is COMPLETED; 'cancel' is not possible from there.");

    [Fact]
    public async Task Retry_and_priority_show_the_job_as_it_is()
    {
        RatchetResult result = await RunAsync("retry", ServerStandIn.JobId, "--idempotency-key", "again-1");
        Assert.Contains("QUEUED", result.Output, StringComparison.Ordinal);
        Assert.Contains($"POST /api/v1/jobs/{ServerStandIn.JobId}/retry [again-1]", server.Requests);
        Assert.Contains("QUEUED", (await RunAsync("priority", ServerStandIn.JobId, "critical")).Output, StringComparison.Ordinal);
        Assert.Contains($$"""POST /api/v1/jobs/{{ServerStandIn.JobId}}/priority [] {"priority":"CRITICAL"}""", server.Requests);
        (await RunAsync("priority", ServerStandIn.JobId, "soon")).Fails(2, "PRIORITY must be low, normal, high or urgent.");
    }

    [Fact]
    public async Task Delete_says_so_on_stderr()
    {
        RatchetResult result = await RunAsync("delete", ServerStandIn.JobId);
        result.Is(0, "");
        Assert.Equal($"job {ServerStandIn.JobId} is deleted\n", result.Error);
        Assert.Contains($"DELETE /api/v1/jobs/{ServerStandIn.JobId} []", server.Requests);
    }

    [Fact]
    public async Task Why_is_a_sentence_then_facts()
    {
        string[] lines = (await RunAsync("why", ServerStandIn.JobId)).Output.TrimEnd('\n').Split('\n');
        Assert.Equal("Its concurrency key 'c' is at its limit, held by 1 job.", lines[0]);
        Assert.Equal(
            ["cause KEY_LIMIT", "state QUEUED", "subject c", "until 2026-11-23 15:17:06.000Z", "holders 0197c2a4-0000-7000-8000-00000000000a", "ahead 7, 2 of them of higher priority", "estimate 2026-11-23 15:18:06.000Z"],
            lines[1..].Select(line => string.Join(' ', Words(line))));
    }

    [Fact]
    public async Task Events_are_a_line_each()
    {
        string[] lines = (await RunAsync("events", ServerStandIn.JobId)).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(["2026-11-23", "15:17:07.000Z", "cancel", "QUEUED", "CANCELLED", "0", "client", "wrong", "customer"], Words(lines[2]));
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["job", .. args, "--server", server.Url]);
}
