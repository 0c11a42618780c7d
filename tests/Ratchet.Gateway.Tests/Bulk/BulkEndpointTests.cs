using Ratchet.Bulk;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Tests.Bulk;

public sealed class BulkEndpointTests : IClassFixture<GatewayStandIn>
{
    private static readonly BulkView View = new(Guid.Parse(Make.Id), BulkAction.Cancel, "RUNNING", 10, 4, 1, "client", GatewayStandIn.Now, null);

    private readonly GatewayStandIn gateway;
    private BulkRequest? started;

    public BulkEndpointTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IBulkGrain.StartAsync", args =>
        {
            started = (BulkRequest)args[1]!;
            return View;
        });
    }

    [Fact]
    public async Task An_operation_is_202_with_its_place()
    {
        Answer answer = await gateway.PostAsync(
            "bulk", """{"action":"reprioritise","filter":{"state":["queued","SCHEDULED"],"task":"t","queue":"q","createdBefore":"2026-02-01T00:00:00Z"},"priority":"LOW"}""", "k");
        Assert.Equal((202, $"/api/v1/bulk/{Make.Id}"), (answer.Status, answer.Headers.Location!.ToString()));
        Assert.Equal($$"""{"id":"{{Make.Id}}","action":"cancel","state":"RUNNING","total":10,"changed":4,"skipped":1,"actor":"client","createdAt":"2026-03-01T12:00:00+00:00"}""", answer.Body.GetRawText());
        Assert.Equal((BulkAction.Reprioritise, JobPriority.Low, "client", "k"), (started!.Action, started.Priority, started.Actor, started.IdempotencyKey));
        Assert.Equal(("t", "q", new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)), (started.Filter.Task, started.Filter.Queue, started.CreatedBefore));
        Assert.Equal([JobState.Queued, JobState.Scheduled], started.Filter.States);
    }

    [Theory]
    [InlineData("{}", "/action")]
    [InlineData("""{"action":"stop","filter":{"task":"t"}}""", "/action")]
    [InlineData("""{"action":"cancel"}""", "/filter")]
    [InlineData("""{"action":"cancel","filter":{}}""", "/filter")]
    [InlineData("""{"action":"cancel","filter":{"state":[]}}""", "/filter")]
    [InlineData("""{"action":"cancel","filter":{"state":"QUEUED"}}""", "/filter/state")]
    [InlineData("""{"action":"cancel","filter":{"state":["QUEUED","gone"]}}""", "/filter/state/1")]
    [InlineData("""{"action":"cancel","filter":{"task":"a/b"}}""", "/filter/task")]
    [InlineData("""{"action":"cancel","filter":{"tsak":"t"}}""", "/filter/tsak")]
    [InlineData("""{"action":"cancel","filter":{"task":"t"},"priority":"LOW"}""", "/priority")]
    [InlineData("""{"action":"reprioritise","filter":{"task":"t"}}""", "/priority")]
    public async Task A_request_that_makes_no_sense_is_422(string body, string pointer)
    {
        (await gateway.PostAsync("bulk", body)).Is(422, "invalid-field", pointer);
        Assert.Null(started);
    }

    [Fact]
    public async Task What_the_engine_refuses_is_422()
    {
        const string Body = """{"action":"retry","filter":{"createdBefore":"2026-02-01T00:00:00Z"}}""";
        gateway.Grains.On("IBulkGrain.StartAsync", _ => throw new BulkRequestException("No."));
        Answer answer = await gateway.PostAsync("bulk", Body);
        answer.Is(422, "invalid-field");
        Assert.Equal("No.", answer.Text("detail"));
        gateway.Grains.On("IBulkGrain.StartAsync", _ => throw new IdempotencyConflictException("k"));
        (await gateway.PostAsync("bulk", Body, "k")).Is(422, "idempotency-conflict");
    }

    [Fact]
    public async Task Operations_are_listed_shown_and_stopped()
    {
        gateway.Grains.On("IBulkDirectoryGrain.ListAsync", (IReadOnlyList<BulkView>)[View]);
        gateway.Grains.On("IBulkGrain.GetAsync", View);
        gateway.Grains.On("IBulkGrain.CancelAsync", View with { State = "CANCELLED" });
        Assert.Equal(1, (await gateway.GetAsync("bulk?_end=5")).Body.GetArrayLength());
        Assert.Equal("RUNNING", (await gateway.GetAsync($"bulk/{Make.Id}")).Text("state"));
        Assert.Equal("CANCELLED", (await gateway.PostAsync($"bulk/{Make.Id}/cancel")).Text("state"));
        Assert.Equal("IBulkDirectoryGrain.ListAsync 0(default, 1000)", gateway.Grains.Made[0]);
        (await gateway.GetAsync("bulk?_end=0")).Is(422, "invalid-field", "/_end");
        (await gateway.GetAsync("bulk?task=t")).Is(422, "invalid-field", "/task");
        (await gateway.GetAsync("bulk/7")).Is(404, "not-found");
        gateway.Grains.On("IBulkGrain.GetAsync", (object?)null);
        (await gateway.GetAsync($"bulk/{Make.Id}")).Is(404, "not-found");
    }
}
