using Ratchet.Caching;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Tasks;

public sealed class TaskEndpointTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    [Fact]
    public async Task A_task_shows_its_mode_and_its_circuit()
    {
        gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(new TaskGate(WorkMode.Paused, CircuitState.HalfOpen, GatewayStandIn.Now)));
        gateway.Grains.On("ITaskGrain.SetModeAsync", (object?)null);
        Answer answer = await gateway.PostAsync("tasks/addition/pause");
        Assert.Equal((200, "PAUSED"), (answer.Status, answer.Text("mode")));
        Assert.Equal("""{"state":"HALF_OPEN","openUntil":"2026-03-01T12:00:00+00:00"}""", answer.Body.GetProperty("circuit").GetRawText());
        Assert.Equal("exponential", answer.Body.GetProperty("retry").GetProperty("strategy").GetString());
        Assert.Contains("ITaskGrain.SetModeAsync default/addition(Paused, null)", gateway.Grains.Made);
    }

    [Fact]
    public async Task A_task_is_disabled_enabled_and_deleted()
    {
        gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open) with { Enabled = false, SourceGone = true });
        gateway.Grains.On("ITaskGrain.EnableAsync", (object?)null);
        Answer answer = await gateway.PostAsync("tasks/addition/disable");
        Assert.Equal((200, "False", "True"), (answer.Status, answer.Text("enabled"), answer.Text("sourceGone")));
        await gateway.PostAsync("tasks/addition/enable");
        Assert.Contains("ITaskGrain.EnableAsync default/addition(False, null)", gateway.Grains.Made);
        Assert.Contains("ITaskGrain.EnableAsync default/addition(True, null)", gateway.Grains.Made);
        gateway.Grains.On("ITaskGrain.DeleteAsync", (object?)null);
        Assert.Equal(204, (await gateway.DeleteAsync("tasks/addition")).Status);
        gateway.Grains.On("ITaskGrain.DeleteAsync", _ => throw new TaskInUseException("2 jobs are not at an end."));
        (await gateway.DeleteAsync("tasks/addition")).Is(409, "task-in-use");
        gateway.Grains.On("ITaskGrain.DeleteAsync", _ => throw new UnknownTaskException("none"));
        (await gateway.DeleteAsync("tasks/none")).Is(404, "unknown-task");
    }

    [Fact]
    public async Task A_tasks_cache_is_shown_and_purged()
    {
        var policy = new CachePolicy(TimeSpan.FromMinutes(1)) { Key = ["/id"] };
        gateway.Grains.On("ITaskGrain.GetCacheAsync", new CacheView(policy, 3, 20, 4, 1, GatewayStandIn.Now));
        Answer answer = await gateway.GetAsync("tasks/addition/cache");
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"task":"addition","enabled":true,"cache":{"ttlMs":60000,"key":["/id"]},"entries":3,"hits":20,"misses":4,"waiting":1,"purgedAt":"2026-03-01T12:00:00+00:00"}""", answer.Body.GetRawText());
        gateway.Grains.On("ITaskGrain.GetCacheAsync", new CacheView(null, 0, 0, 0, 0, null));
        Assert.Equal("""{"task":"addition","enabled":false,"entries":0,"hits":0,"misses":0,"waiting":0}""", (await gateway.GetAsync("tasks/addition/cache")).Body.GetRawText());
        gateway.Grains.On("ITaskGrain.PurgeCacheAsync", 3);
        Assert.Equal((200, "3"), ((await gateway.DeleteAsync("tasks/addition/cache")).Status, (await gateway.DeleteAsync("tasks/addition/cache")).Text("deleted")));
        gateway.Grains.On("ITaskGrain.PurgeCacheAsync", _ => throw new UnknownTaskException("none"));
        (await gateway.DeleteAsync("tasks/none/cache")).Is(404, "unknown-task");
    }

    [Fact]
    public async Task A_task_that_is_not_there_is_404()
    {
        gateway.Grains.On("ITaskGrain.SetModeAsync", _ => throw new UnknownTaskException("none"));
        gateway.Grains.On("ITaskGrain.GetAsync", (object?)null);
        (await gateway.PostAsync("tasks/none/drain")).Is(404, "unknown-task");
        (await gateway.GetAsync("tasks/none")).Is(404, "not-found");
        (await gateway.PostAsync("tasks/none/stop")).Is(404, "not-found");
    }
}
