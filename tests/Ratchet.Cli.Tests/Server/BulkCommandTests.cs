using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

public sealed class BulkCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Fact]
    public async Task An_operation_begins_and_says_where_to_look()
    {
        RatchetResult result = await RunAsync(
            "reprioritise", "--state", "queued,scheduled", "--state", "RETRYING", "--task", "t", "--queue", "q", "--created-before", "2026-02-01", "--priority", "low", "--idempotency-key", "k", "--yes");
        Assert.Equal((0, $"note: there was no task 't' before\nnote: there was no queue 'q' before\n'ratchet bulk get {ServerStandIn.BulkId}' shows how it goes on, 'ratchet bulk stop {ServerStandIn.BulkId}' stops it\n"), (result.ExitCode, result.Error));
        Assert.Contains(ServerStandIn.BulkId, result.Output, StringComparison.Ordinal);
        Assert.Contains(
            """POST /api/v1/bulk [k] {"action":"reprioritise","filter":{"state":["QUEUED","SCHEDULED","RETRYING"],"task":"t","queue":"q","createdBefore":"2026-02-01T00:00:00Z"},"priority":"LOW"}""",
            server.Requests);
    }

    [Fact]
    public async Task Wait_follows_it_to_its_end()
    {
        RatchetResult result = await RunAsync("cancel", "--task", "addition", "--yes", "--wait", "-o", "json");
        JsonElement operation = JsonElement.Parse(result.Output);
        Assert.Equal((0, "", "COMPLETED", 9), (result.ExitCode, result.Error, operation.GetProperty("state").GetString(), operation.GetProperty("changed").GetInt32()));
    }

    [Fact]
    public async Task Operations_are_listed_shown_and_stopped()
    {
        Assert.Contains($"{ServerStandIn.BulkId}  cancel  COMPLETED  10     9", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("get", ServerStandIn.BulkId)).ExitCode);
        Assert.Contains("CANCELLED", (await RunAsync("stop", ServerStandIn.BulkId)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say which jobs: at least one of --state, --task, --queue and --created-before.", "delete", "--yes")]
    [InlineData("this changes many jobs, and nobody is there to be asked; add --yes.", "delete", "--task", "t")]
    [InlineData("--state must be one of SCHEDULED, QUEUED,", "retry", "--state", "FAILED,gone", "--yes")]
    [InlineData("Option '--priority' is required.", "reprioritise", "--task", "t", "--yes")]
    [InlineData("--timeout says how long --wait waits; add --wait.", "retry", "--task", "t", "--yes", "--timeout", "5")]
    public async Task Mistakes_are_exit_2_and_change_nothing(string message, params string[] args) => (await RunAsync(args)).Fails(2, message);

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["bulk", .. args, "--server", server.Url]);
}
