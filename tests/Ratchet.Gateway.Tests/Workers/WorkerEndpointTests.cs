using Ratchet.Gateway.Tests.Support;
using Ratchet.Workers;

namespace Ratchet.Gateway.Tests.Workers;

public sealed class WorkerEndpointTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    [Fact]
    public async Task Workers_are_shown_drained_and_resumed()
    {
        bool drains = false;
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", _ => (IReadOnlyList<WorkerNodeView>)[new WorkerNodeView("w1", "w1@7", 16, 3, drains, 2, 1 << 30, "bubblewrap")]);
        gateway.Grains.On("IWorkerDirectoryGrain.SetDrainingAsync", args =>
        {
            drains = (bool)args[1]!;
            return (string)args[0]! == "w1";
        });
        Assert.Equal("""{"name":"w1","incarnation":"w1@7","mode":"DRAINING","capacity":16,"running":3,"processors":2,"memoryBytes":1073741824,"isolation":"bubblewrap"}""", (await gateway.PostAsync("workers/w1/drain")).Body.GetRawText());
        Assert.Equal("ACTIVE", (await gateway.PostAsync("workers/w1/resume")).Text("mode"));
        Assert.Equal("w1", (await gateway.GetAsync("workers/w1")).Text("name"));
        Assert.Equal(1, (await gateway.GetAsync("workers")).Body.GetArrayLength());
        (await gateway.GetAsync("workers/w2")).Is(404, "not-found");
        (await gateway.PostAsync("workers/w2/drain")).Is(404, "not-found");
    }
}
