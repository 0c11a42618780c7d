using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Configuration;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Events;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Statistics;
using Ratchet.Workers;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>What changes by itself is looked at once for all who follow it.</summary>
public sealed class SharedPollTests : IAsyncLifetime
{
    private const int Subscribers = 20;

    private readonly FakeTimeProvider time = new(GatewayStandIn.Now);
    private readonly GatewayStandIn gateway;
    private int seconds;

    public SharedPollTests() => gateway = new GatewayStandIn(new GatewayOptions(), time);

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Workers_are_looked_at_once_a_second_however_many_follow()
    {
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", new[] { Worker(draining: false) });
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        for (int i = 0; i < Subscribers; i++) await client.SubscribeAsync($"{i}", "subscription { workerEvents { kind worker { name mode } } }");
        Assert.All(await HearAllAsync(client, "workerEvents"), change => Assert.Equal("""{"kind":"PRESENT","worker":{"name":"one","mode":"ACTIVE"}}""", change));
        // The clock stands, so that was one look.
        Assert.Equal(1, Looks("IWorkerDirectoryGrain.ListAsync"));
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", new[] { Worker(draining: true) });
        await LookAsync("IWorkerDirectoryGrain.ListAsync");
        Assert.All(await HearAllAsync(client, "workerEvents"), change => Assert.Equal("""{"kind":"CHANGED","worker":{"name":"one","mode":"DRAINING"}}""", change));
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", Array.Empty<WorkerNodeView>());
        await LookAsync("IWorkerDirectoryGrain.ListAsync");
        Assert.All(await HearAllAsync(client, "workerEvents"), change => Assert.Contains("LEFT", change, StringComparison.Ordinal));
        Assert.InRange(Looks("IWorkerDirectoryGrain.ListAsync"), 3, 1 + seconds);
    }

    [Fact]
    public async Task Statistics_come_when_something_was_counted_and_one_look_serves_all()
    {
        gateway.Grains.On("IStatisticsGrain.GetAsync", Statistics(7));
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        for (int i = 0; i < Subscribers; i++) await client.SubscribeAsync($"{i}", "subscription { stats { counts { count } } }");
        Assert.All(await HearAllAsync(client, "stats"), stats => Assert.Equal("""{"counts":[{"count":7}]}""", stats));
        // A look that finds the same is told to nobody: what comes next is what the one after it finds.
        await LookAsync("IStatisticsGrain.GetAsync");
        gateway.Grains.On("IStatisticsGrain.GetAsync", Statistics(8));
        await LookAsync("IStatisticsGrain.GetAsync");
        Assert.All(await HearAllAsync(client, "stats"), stats => Assert.Equal("""{"counts":[{"count":8}]}""", stats));
        Assert.InRange(Looks("IStatisticsGrain.GetAsync"), 3, 1 + seconds);
    }

    [Fact]
    public async Task Nothing_is_looked_at_when_nobody_follows_and_whoever_comes_then_sees_what_is_there_then()
    {
        int looks = 0;
        var poll = new SharedPoll<string>(new GraphServices(null!, time, NullLogger.Instance, CancellationToken.None), "looks", TimeSpan.FromSeconds(1), () => Task.FromResult($"{++looks}"));
        Assert.Equal("1", await FirstAsync(poll));
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(poll.Idle);
        });
        int seen = looks;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((seen, $"{seen + 1}"), (looks, await FirstAsync(poll)));
    }

    private static async Task<string> FirstAsync(SharedPoll<string> poll)
    {
        await foreach (string found in poll.FollowAsync(TestContext.Current.CancellationToken)) return found;
        throw new InvalidOperationException("It has no end.");
    }

    [Fact]
    public async Task A_first_look_that_fails_is_told_and_the_next_subscriber_has_another()
    {
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", _ => throw new RatchetException("secret of the database"));
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        await client.SubscribeAsync("1", "subscription { workerEvents { kind } }");
        JsonElement error = await client.HearAsync();
        Assert.Equal(("error", "unavailable"), (error.GetProperty("type").GetString(), error.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString()));
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", new[] { Worker(draining: false) });
        await client.SubscribeAsync("2", "subscription { workerEvents { kind } }");
        Task<JsonElement> next = client.HearAsync();
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(next.IsCompleted);
        });
        Assert.Equal("next", (await next).GetProperty("type").GetString());
    }

    /// <summary>Time goes on until there was one look more: the timer for it is made a moment after the look before.</summary>
    private async Task LookAsync(string call)
    {
        int before = Looks(call);
        await UntilAsync(() =>
        {
            if (Looks(call) == before)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                seconds++;
            }

            return Task.FromResult(Looks(call) > before);
        });
    }

    private int Looks(string call) => gateway.Grains.Made.Count(made => made.StartsWith(call, StringComparison.Ordinal));

    /// <summary>One event of each subscription.</summary>
    private static async Task<string[]> HearAllAsync(SocketClient client, string field)
    {
        var heard = new Dictionary<string, string>();
        while (heard.Count < Subscribers)
        {
            JsonElement message = await client.HearAsync();
            Assert.Equal("next", message.GetProperty("type").GetString());
            heard.Add(message.GetProperty("id").GetString()!, message.GetProperty("payload").GetProperty("data").GetProperty(field).GetRawText());
        }

        return [.. heard.Values];
    }

    private static async Task UntilAsync(Func<Task<bool>> met)
    {
        while (!await met()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static WorkerNodeView Worker(bool draining) => new("one", "one@127.0.0.1:1:1", 4, 0, draining, 2, 1 << 30, "none");

    private static StatisticsView Statistics(long queued) => new()
    {
        At = GatewayStandIn.Now, Queues = [new QueueCount("default", JobState.Queued, queued)], More = [], Minute = new Throughput(0, 0, 0), Hour = new Throughput(0, 0, 0), Window = TimeSpan.FromMinutes(15),
        Failures = new Dictionary<FailureKind, long>(), Wait = new TimesView(0, null, null, null), Run = new TimesView(0, null, null, null), Nodes = 1,
    };
}
