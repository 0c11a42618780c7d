using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Tests.Webhooks;

/// <summary>Webhooks on a silo, over both databases. Each test has a webhook and a queue of its own, by which the events of other tests are kept away.</summary>
public abstract partial class WebhookGrainTests(SiloFixture silo) : IAsyncDisposable
{
    private static int made;
    private readonly WebhookKey key = new(QueueKey.DefaultTenant, $"hook-{Interlocked.Increment(ref made)}");
    private readonly SecretText secret = NewSecret();
    private readonly WebhookReceiver receiver = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Queue => $"queue-of-{key.Id}";
    private IDeliveryStore Deliveries => silo.Store.Webhooks.Deliveries;
    private IWebhookGrain Grain => silo.Grains.GetGrain<IWebhookGrain>(key.GrainKey);
    private IWebhookDispatchGrain Dispatcher => silo.Grains.GetGrain<IWebhookDispatchGrain>(key.Tenant);
    private WebhookDefinition Definition => new() { Id = key.Id, Url = receiver.Url, Queues = [Queue], Events = ["job.completed"] };

    public async ValueTask DisposeAsync()
    {
        await Grain.DeleteAsync();
        await receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_event_that_matches_is_delivered_signed_and_written_down()
    {
        await Grain.CreateAsync(Definition, secret);
        JobView job = await RunAsync();
        await receiver.UntilAsync(1);
        Received got = receiver.All[0];
        Assert.Equal((1, true), got.By(secret.Value));
        Assert.Equal("job.completed", got.Type);
        Assert.Equal(1, got.Json.GetProperty("version").GetInt32());
        System.Text.Json.JsonElement data = got.Json.GetProperty("data");
        Assert.Equal(
            (job.Id.ToString(), "addition", job.TaskVersion, Queue, "complete", "COMPLETED", 1),
            (data.GetProperty("job").GetString(), data.GetProperty("task").GetString(), data.GetProperty("taskVersion").GetString(), data.GetProperty("queue").GetString(),
                data.GetProperty("transition").GetString(), data.GetProperty("to").GetString(), data.GetProperty("attempt").GetInt32()));

        DeliveryView delivery = await EndAsync(DeliveryState.Succeeded);
        Assert.Equal((DeliveryId.Format(delivery.Id), got.Body), (got.Id, delivery.Payload));
        DeliveryAttempt attempt = Assert.Single(delivery.Log);
        Assert.Equal((1, 204, null), (attempt.Number, attempt.Status, attempt.Error));
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task Filters_say_which_events_are_told()
    {
        await Grain.CreateAsync(Definition with { Events = [], States = [JobState.Completed, JobState.Cancelled], Tasks = ["addition", "endless"] }, secret);
        await silo.RunAsync("word-count", """{"text":"a"}""", s => s with { Queue = Queue });
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""");
        await silo.Queue(Queue).SetModeAsync(WorkMode.Paused);
        JobId cancelled = (await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = Queue })).Job!.Id;
        await silo.Job(cancelled).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await silo.Queue(Queue).SetModeAsync(WorkMode.Active);
        await RunAsync();
        await receiver.UntilAsync(2);
        Assert.Equal(["job.cancelled", "job.completed"], receiver.All.Select(r => r.Type).Order());
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Only_a_secret_of_the_rules_and_a_url_that_may_be_called_are_taken()
    {
        InvalidWebhookException wrong = await Assert.ThrowsAsync<InvalidWebhookException>(() => Grain.CreateAsync(
            Definition with { Url = "http://127.0.0.2/", Events = ["job.finished"], Concurrency = 0, Tasks = ["a/b"], Description = new string('x', 501) }, secret));
        Assert.Equal(["/url", "/description", "/concurrency", "/events", "/tasks"], wrong.Faults.Select(f => f.Pointer));
        foreach (string url in new[] { "ftp://a.b/", "/x", "http://u:p@example.com/", "https://example.com/#a", "http://example.com:25/", "http://169.254.169.254/latest", "http://[::1]/" })
            Assert.Equal("/url", Assert.Single((await Assert.ThrowsAsync<InvalidWebhookException>(() => Grain.CreateAsync(Definition with { Url = url }, secret))).Faults).Pointer);
        foreach (string none in new[] { "", "whsec_", "whsec_AAAA", "secret", secret.Value[6..] })
            Assert.Equal("/secret", Assert.Single((await Assert.ThrowsAsync<InvalidWebhookException>(() => Grain.CreateAsync(Definition, new SecretText(none)))).Faults).Pointer);
        Assert.False(await Grain.DeleteAsync());
    }

    [Fact]
    public async Task Changes_go_by_the_revision_and_may_be_repeated()
    {
        WebhookView created = await Grain.CreateAsync(Definition, secret);
        Assert.Equal(created.Revision, (await Grain.CreateAsync(Definition, secret)).Revision);
        await Assert.ThrowsAsync<WebhookConflictException>(() => Grain.CreateAsync(Definition, NewSecret()));
        Assert.Null(await Grain.ReviseAsync(Definition with { Concurrency = 2 }, created.Revision - 1));
        WebhookView changed = (await Grain.ReviseAsync(Definition with { Concurrency = 2 }, created.Revision))!;
        Assert.Equal((2, created.Revision + 1), (changed.Definition.Concurrency, changed.Revision));
        SecretText next = NewSecret();
        Assert.Equal((await Grain.RotateAsync(next, TimeSpan.FromHours(1))).Revision, (await Grain.RotateAsync(next, TimeSpan.FromHours(1))).Revision);
        Assert.True(await Grain.DeleteAsync());
        Assert.False(await Grain.DeleteAsync());
        await Assert.ThrowsAsync<WebhookNotFoundException>(() => Grain.EnableAsync(true));
    }

    private static SecretText NewSecret() => new(WebhookSecret.Generate());

    private Task<JobView> RunAsync() => silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = Queue });

    private Task<IReadOnlyList<DeliveryView>> ListAsync(DeliveryState? state = null) => Deliveries.ListAsync(key, new DeliveryFilter { State = state }, Cancel);

    /// <summary>Waits until the webhook's one delivery is in a state.</summary>
    private Task<DeliveryView> EndAsync(DeliveryState state) => WhenAsync($"the delivery is {state.Name()}", d => d.State == state);

    private async Task<DeliveryView> WhenAsync(string what, Func<DeliveryView, bool> holds)
    {
        DeliveryView? found = null;
        await SiloFixture.UntilAsync(what, async () => (found = (await ListAsync()).FirstOrDefault()) is not null && holds(found));
        return (await Deliveries.GetAsync(key, found!.Id, Cancel))!;
    }

    /// <summary>Moves the clock to when the delivery is due again, for timers run on real time.</summary>
    private async Task PassAsync(DateTimeOffset until)
    {
        silo.Time.Advance(until - silo.Time.GetUtcNow() + TimeSpan.FromMilliseconds(5));
        await Grain.WakeAsync();
    }
}

[Collection("sqlite silo")]
public sealed class SqliteWebhookGrainTests(SqliteSilo silo) : WebhookGrainTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresWebhookGrainTests(PostgresSilo silo) : WebhookGrainTests(silo);
