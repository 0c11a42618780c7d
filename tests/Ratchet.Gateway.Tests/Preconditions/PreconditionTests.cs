using Ratchet.Gateway.Tests.Support;
using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Preconditions;

/// <summary>What a client asks with If-Match goes with the change to the grain that makes it; the gateway looks at nothing itself, for it would be too early.</summary>
public sealed class PreconditionTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;

    public PreconditionTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IQueueDirectoryGrain.GetAsync", Make.Queue(WorkMode.Paused) with { Revision = 7 });
        gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open) with { Revision = 7 });
        gateway.Grains.On("ILimiterGrain.GetAsync", new LimitView(LimitScope.Key, "k", new LimitRule(LimitScope.Key, "k", 2, null) { Revision = 7 }, [], 0, [], 0) { Concurrency = 2 });
        foreach (string call in new[] { "IQueueGrain.SetModeAsync", "IQueueGrain.SetWeightAsync", "ITaskGrain.SetModeAsync", "ITaskGrain.EnableAsync", "ITaskGrain.DeleteAsync", "ILimiterGrain.PutAsync" })
            gateway.Grains.On(call, Answered);
        foreach (string call in new[] { "ILimiterGrain.DeleteAsync", "IScheduleGrain.DeleteAsync", "IWebhookGrain.DeleteAsync" }) gateway.Grains.On(call, args => Answered(args) ?? true);
    }

    /// <summary>As a grain that is at revision 7 does.</summary>
    private static object? Answered(object?[] args) =>
        args[^1] is Precondition only && !only.Holds(7) ? throw PreconditionFailedException.Of("thing", only) : null;

    public static TheoryData<string, string, string?> Changes => new()
    {
        { "POST", "queues/mails/pause", null },
        { "PUT", "queues/mails/weights/k", """{"weight":2}""" },
        { "DELETE", "queues/mails/weights/k", null },
        { "POST", "tasks/addition/drain", null },
        { "POST", "tasks/addition/disable", null },
        { "DELETE", "tasks/addition", null },
        { "PUT", "limits/key/k", """{"concurrency":2}""" },
        { "DELETE", "limits/key/k", null },
        { "DELETE", "schedules/nightly", null },
        { "DELETE", "webhooks/orders", null },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_goes_with_what_the_client_knows(string method, string path, string? body)
    {
        Assert.InRange((await gateway.SendAsync(method, path, body, "If-Match", "\"7\"")).Status, 200, 204);
        Assert.EndsWith(", at 7)", gateway.Grains.Made[0].Replace("(at", "(, at", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange((await gateway.SendAsync(method, path, body, "If-Match", "\"6\", \"7\"")).Status, 200, 204);
        Assert.InRange((await gateway.SendAsync(method, path, body, "If-Match", "*")).Status, 200, 204);
        (await gateway.SendAsync(method, path, body, "If-Match", "\"6\"")).Is(412, "precondition-failed");
        (await gateway.SendAsync(method, path, body, "If-Match", "W/\"7\"")).Is(412, "precondition-failed");
        (await gateway.SendAsync(method, path, body, "If-Match", "\"some-tag\"")).Is(412, "precondition-failed");
        int made = gateway.Grains.Made.Count;
        (await gateway.SendAsync(method, path, body, "If-Match", "7")).Is(400, "malformed");
        Assert.Equal(made, gateway.Grains.Made.Count);
    }

    [Fact]
    public async Task What_is_read_has_the_tag_that_a_change_asks_for()
    {
        foreach (string path in new[] { "queues/mails", "tasks/addition", "limits/key/k" }) Assert.Equal("\"7\"", (await gateway.GetAsync(path)).Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_limit_is_made_only_when_there_is_none()
    {
        (await gateway.SendAsync("PUT", "limits/key/k", """{"concurrency":2}""", "If-None-Match", "*")).Is(412, "precondition-failed");
        Assert.EndsWith(", absent)", gateway.Grains.Made[^1], StringComparison.Ordinal);
        (await gateway.SendAsync("PUT", "limits/key/k", """{"concurrency":2}""", "If-None-Match", "\"7\"")).Is(400, "malformed");
    }
}
