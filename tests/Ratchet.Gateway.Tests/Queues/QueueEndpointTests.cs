using Ratchet.Gateway.Tests.Support;
using Ratchet.Queues;

namespace Ratchet.Gateway.Tests.Queues;

public sealed class QueueEndpointTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;

    public QueueEndpointTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IQueueDirectoryGrain.GetAsync", args => (string)args[1]! == "mails" ? Make.Queue(WorkMode.Paused) : null);
        gateway.Grains.On("IQueueDirectoryGrain.ListAsync", (IReadOnlyList<QueueView>)[Make.Queue(WorkMode.Active)]);
        gateway.Grains.On("IQueueGrain.SetModeAsync", (object?)null);
        gateway.Grains.On("IQueueGrain.SetWeightAsync", (object?)null);
    }

    [Fact]
    public async Task A_queue_is_shown_with_counts_limit_and_weights()
    {
        Answer answer = await gateway.GetAsync("queues/mails");
        Assert.Equal(
            """{"name":"mails","mode":"PAUSED","counts":{"QUEUED":7},"stats":{"window":5,"moreInStore":true,"inFlight":2,"nodes":1,"lanes":3,"held":1,"nextDue":"2026-03-01T12:00:00+00:00"},"""
            + """
              "limit":{"concurrency":4,"rate":{"count":10,"window":"1m30s"}},"weights":{"gold":2.5}}
              """,
            answer.Body.GetRawText());
        Assert.Equal("ACTIVE", (await gateway.GetAsync("queues")).Body[0].GetProperty("mode").GetString());
        (await gateway.GetAsync("queues/none")).Is(404, "not-found");
    }

    [Theory]
    [InlineData("pause", WorkMode.Paused)]
    [InlineData("resume", WorkMode.Active)]
    [InlineData("drain", WorkMode.Draining)]
    public async Task Verbs_set_the_mode(string verb, WorkMode mode)
    {
        Assert.Equal((200, "mails"), ((await gateway.PostAsync($"queues/mails/{verb}")).Status, "mails"));
        Assert.Equal($"IQueueGrain.SetModeAsync default/mails/0({mode}, null)", gateway.Grains.Made[0]);
        (await gateway.PostAsync($"queues/mails/{verb}", """{"for":"1h"}""")).Is(422, "invalid-field", "/for");
    }

    [Fact]
    public async Task Weights_are_set_and_taken_away()
    {
        Assert.Equal("""{"key":"customer/4 2","weight":2.5}""", (await gateway.PutAsync("queues/mails/weights/customer%2F4%202", """{"weight":2.5}""")).Body.GetRawText());
        Assert.Equal(204, (await gateway.DeleteAsync("queues/mails/weights/a/b")).Status);
        Assert.Equal("IQueueGrain.SetWeightAsync default/mails/0(customer/4 2, 2.5, null)", gateway.Grains.Made[0]);
        Assert.Equal("IQueueGrain.SetWeightAsync default/mails/0(a/b, null, null)", gateway.Grains.Made[^1]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"weight":0}""")]
    [InlineData("""{"weight":-1}""")]
    [InlineData("""{"weight":1001}""")]
    [InlineData("""{"weight":"2"}""")]
    public async Task A_weight_is_above_0_up_to_1000(string body) => (await gateway.PutAsync("queues/mails/weights/k", body)).Is(422, "invalid-field", "/weight");

    [Fact]
    public async Task A_name_that_no_queue_can_have_is_404()
    {
        (await gateway.PostAsync("queues/a%01b/pause")).Is(404, "not-found");
        (await gateway.PostAsync($"queues/{new string('q', 201)}/pause")).Is(404, "not-found");
        Assert.Empty(gateway.Grains.Made);
    }
}
