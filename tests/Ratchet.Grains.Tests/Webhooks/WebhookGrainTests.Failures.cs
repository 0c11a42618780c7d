using Microsoft.Extensions.DependencyInjection;
using Ratchet.Grains.Webhooks;
using Ratchet.Jobs;
using Ratchet.Storage.Webhooks;
using Ratchet.Tests.Support;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Tests.Webhooks;

public abstract partial class WebhookGrainTests
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    [Fact]
    public async Task A_delivery_is_tried_over_hours_then_it_is_a_dead_letter_that_can_be_sent_again()
    {
        receiver.Status = 500;
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        for (int tries = 1; tries <= Waits.Length; tries++)
        {
            DeliveryView waits = await WhenAsync($"{tries} attempts were made", d => d.Attempts == tries);
            Assert.Equal(DeliveryState.Pending, waits.State);
            TimeSpan wait = waits.NextAt!.Value - waits.Log[^1].At, expected = Waits[tries - 1];
            // The attempt itself takes time, before which no wait begins.
            Assert.InRange(wait, expected * 0.9, (expected * 1.1) + TimeSpan.FromSeconds(30));
            await PassAsync(waits.NextAt.Value);
        }

        DeliveryView dead = await EndAsync(DeliveryState.Failed);
        Assert.Equal((8, 500, "The receiver answered 500."), (dead.Attempts, dead.Status, dead.Error));
        Assert.Equal((1_024, null), (dead.Log[^1].Response!.Length, dead.NextAt));
        Assert.NotNull((await silo.Store.Webhooks.GetAsync(key, Cancel))!.FailingSince);
        Assert.Single(receiver.All.Select(r => r.Id).Distinct());
        Assert.All(receiver.All, r => Assert.True(r.By(secret.Value).Signed));

        receiver.Status = 204;
        Assert.Equal(0, await Grain.ResendFailedAsync(silo.Time.GetUtcNow()));
        Assert.Equal(1, await Grain.ResendFailedAsync(dead.CreatedAt));
        Assert.Equal(9, (await EndAsync(DeliveryState.Succeeded)).Attempts);
        await SiloFixture.UntilAsync("nothing fails any more", async () => (await silo.Store.Webhooks.GetAsync(key, Cancel))!.FailingSince is null);
        await Grain.ResendAsync(dead.Id);
        await WhenAsync("it came once more", d => d is { Attempts: 10, State: DeliveryState.Succeeded });
        await Assert.ThrowsAsync<WebhookNotFoundException>(() => Grain.ResendAsync(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task A_webhook_that_fails_for_days_is_disabled_and_says_so()
    {
        receiver.Status = 503;
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        await WhenAsync("one attempt was made", d => d.Attempts == 1);
        // The grain notes it after the attempt, and would write over what is written here.
        await SiloFixture.UntilAsync("it is noted as failing", async () => (await silo.Store.Webhooks.GetAsync(key, Cancel))!.FailingSince is not null);
        await silo.Store.Webhooks.NoteFailingAsync(key, silo.Time.GetUtcNow().AddDays(-6), Cancel);
        for (int tries = 1; tries <= Waits.Length; tries++)
        {
            Assert.True((await silo.Store.Webhooks.GetAsync(key, Cancel))!.Definition.Enabled);
            await PassAsync((await WhenAsync($"{tries} attempts were made", d => d.Attempts == tries)).NextAt!.Value);
        }

        await EndAsync(DeliveryState.Failed);
        await SiloFixture.UntilAsync("it is disabled", async () => !(await silo.Store.Webhooks.GetAsync(key, Cancel))!.Definition.Enabled);
        Assert.StartsWith("no attempt has succeeded since ", (await silo.Store.Webhooks.GetAsync(key, Cancel))!.DisabledReason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebhookConflictException>(() => Grain.ResendFailedAsync(DateTimeOffset.UnixEpoch));
        WebhookView on = await Grain.EnableAsync(true);
        Assert.Equal((true, null, null), (on.Definition.Enabled, on.DisabledReason, on.FailingSince));
    }

    [Fact]
    public async Task A_webhook_that_too_much_waits_for_is_disabled_and_what_waits_goes_on_when_it_is_enabled()
    {
        WebhookMetrics metrics = silo.Services.GetRequiredService<WebhookMetrics>();
        using var read = new MetricReader(metrics.Meter);
        receiver.Status = 503;
        await Grain.CreateAsync(Definition with { Concurrency = 32 }, secret);
        // What is there at the dispatcher's first look does not count: as much again is too much in any case.
        await AddAsync(1, 101);
        async Task<bool> DisabledAsync() => !(await silo.Store.Webhooks.GetAsync(key, Cancel))!.Definition.Enabled;
        await LookedAtAsync("they are seen, or too much already", async () => read.Observe("ratchet.webhook.pending") >= 101 || await DisabledAsync());
        await AddAsync(102, 101);
        await LookedAtAsync("it is disabled", DisabledAsync);
        Assert.Matches("^more than [0-9]+ deliveries wait for it", (await silo.Store.Webhooks.GetAsync(key, Cancel))!.DisabledReason);
        Assert.Equal(1, read.Sum("ratchet.webhook.disabled", "cause=BACKLOG"));

        // As much as waits: it is not disabled for that again at once.
        receiver.Status = 204;
        await Grain.EnableAsync(true);
        await SiloFixture.UntilAsync("what waited has come", async () =>
        {
            // Attempts that were under way before are told the old answer, and wait again.
            await PassAsync(silo.Time.GetUtcNow().AddMinutes(35));
            return (await Deliveries.GetBacklogAsync(key, 1, Cancel)).Count == 0;
        });
        Assert.True((await silo.Store.Webhooks.GetAsync(key, Cancel))!.Definition.Enabled);
    }

    private Task AddAsync(int from, int count) =>
        MoveAsync(cursor => cursor, [.. Enumerable.Range(from, count).Select(i => new NewDelivery(JobId.New(silo.Time).Value, key.Id, new EventCursor(1, i), "job.completed", JobId.New(silo.Time), """{"type":"job.completed"}"""))]);

    /// <summary>The dispatcher looks at what waits once a minute of the tests' clock.</summary>
    private Task LookedAtAsync(string what, Func<Task<bool>> holds) => SiloFixture.UntilAsync(what, async () =>
    {
        await PassAsync(silo.Time.GetUtcNow().AddSeconds(61));
        await Dispatcher.RefreshAsync();
        return await holds();
    });

    [Fact]
    public async Task What_waits_and_for_how_long_is_seen_and_what_is_sent_again()
    {
        using var read = new MetricReader(silo.Services.GetRequiredService<WebhookMetrics>().Meter);
        receiver.Status = 410;
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        DeliveryView dead = await EndAsync(DeliveryState.Failed);
        await SiloFixture.UntilAsync("the dead letter is counted", () => Task.FromResult(read.Sum("ratchet.webhook.ends", "state=FAILED") >= 1));
        await SiloFixture.UntilAsync("it is disabled", async () => !(await silo.Store.Webhooks.GetAsync(key, Cancel))!.Definition.Enabled);
        receiver.Status = 500;
        await Grain.EnableAsync(true);
        await Grain.ResendAsync(dead.Id);
        Assert.Equal(1, read.Sum("ratchet.webhook.resends"));
        await WhenAsync("it was tried again", d => d is { Attempts: 2, State: DeliveryState.Pending });
        await LookedAtAsync("it is seen waiting", () => Task.FromResult(read.Observe("ratchet.webhook.pending") >= 1));
        // By the clock of the tests, which stands far from the machine's; others may wait longer.
        double age = read.Observe("ratchet.webhook.oldest")!.Value;
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(read.Observe("ratchet.webhook.oldest") >= age + 1);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_left_alone_at_once()
    {
        receiver.Status = 410;
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        Assert.Equal(1, (await EndAsync(DeliveryState.Failed)).Attempts);
        await SiloFixture.UntilAsync("it is disabled", async () => (await silo.Store.Webhooks.GetAsync(key, Cancel))!.DisabledReason == "its receiver answered 410 Gone");
    }

    [Fact]
    public async Task Redirects_are_failures_and_lead_nowhere()
    {
        receiver.Status = 302;
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        Assert.Equal("The receiver answered 302; redirects are not followed.", (await WhenAsync("one attempt was made", d => d.Attempts == 1)).Error);
    }

    [Fact]
    public async Task Both_secrets_sign_while_they_rotate()
    {
        SecretText second = NewSecret(), third = NewSecret();
        await Grain.CreateAsync(Definition, secret);
        Assert.NotNull((await Grain.RotateAsync(second, TimeSpan.FromHours(1))).PreviousSecretUntil);
        await Grain.PingAsync(Guid.CreateVersion7());
        await receiver.UntilAsync(1);
        Assert.Equal(((2, true), (2, true)), (receiver.All[0].By(secret.Value), receiver.All[0].By(second.Value)));
        await PassAsync(silo.Time.GetUtcNow().AddHours(1));
        await Grain.PingAsync(Guid.CreateVersion7());
        await receiver.UntilAsync(2);
        Assert.Equal(((1, false), (1, true)), (receiver.All[1].By(secret.Value), receiver.All[1].By(second.Value)));
        Assert.Null((await Grain.RotateAsync(third, TimeSpan.Zero)).PreviousSecretUntil);
        await Grain.PingAsync(Guid.CreateVersion7());
        await receiver.UntilAsync(3);
        Assert.Equal(((1, true), (1, false)), (receiver.All[2].By(third.Value), receiver.All[2].By(second.Value)));
        Assert.Equal("/overlap", Assert.Single((await Assert.ThrowsAsync<InvalidWebhookException>(() => Grain.RotateAsync(secret, TimeSpan.FromDays(8)))).Faults).Pointer);
    }

    [Fact]
    public async Task While_disabled_events_are_not_told_pings_are_and_what_waited_goes_on_after()
    {
        receiver.Status = 500;
        await Grain.CreateAsync(Definition, secret);
        JobView told = await RunAsync();
        await WhenAsync("one attempt was made", d => d.Attempts == 1);
        await Grain.EnableAsync(false);
        JobView untold = await RunAsync();
        await PassAsync(silo.Time.GetUtcNow().AddMinutes(1));
        receiver.Status = 204;
        var ping = Guid.CreateVersion7();
        Assert.Equal(ping, (await Grain.PingAsync(ping)).Id);
        Assert.Equal(ping, (await Grain.PingAsync(ping)).Id);
        await SiloFixture.UntilAsync("the ping has come", async () => (await Deliveries.GetAsync(key, ping, Cancel))!.State == DeliveryState.Succeeded);
        Assert.Equal(["job.completed", WebhookEvents.Ping], receiver.All.Select(r => r.Type));

        await Grain.EnableAsync(true);
        await SiloFixture.UntilAsync("what waited has come", async () => (await ListAsync(DeliveryState.Succeeded)).Count == 2);
        JobView next = await RunAsync();
        await SiloFixture.UntilAsync("the next event has come", async () => (await ListAsync(DeliveryState.Succeeded)).Count == 3);
        Assert.Equal([next.Id, told.Id], (await ListAsync()).Where(d => d.Job is not null).Select(d => d.Job!.Value));
        Assert.DoesNotContain(await ListAsync(), d => d.Job == untold.Id);
    }

    [Fact]
    public async Task What_a_crash_cut_off_is_gone_on_with_and_nothing_is_delivered_under_two_ids()
    {
        await Grain.CreateAsync(Definition, secret);
        await RunAsync();
        await EndAsync(DeliveryState.Succeeded);

        // After the deliveries were written, before anybody was told: made by hand under the cursor, and found by who comes next.
        var lost = new NewDelivery(JobId.New(silo.Time).Value, key.Id, new EventCursor(1, 1), "job.completed", JobId.New(silo.Time), """{"type":"job.completed"}""");
        await MoveAsync(cursor => cursor, lost);
        await Dispatcher.RefreshAsync();
        await SiloFixture.UntilAsync("the second has come", async () => (await ListAsync(DeliveryState.Succeeded)).Count == 2);

        // Before they were written: the cursor stands where it stood, and the events are gone through again.
        await MoveAsync(_ => default);
        await Dispatcher.RefreshAsync();
        await SiloFixture.UntilAsync("the cursor has moved on", async () => await silo.Store.Webhooks.GetCursorAsync(key.Tenant, Cancel) != default);
        await RunAsync();
        await SiloFixture.UntilAsync("the third has come", async () => (await ListAsync(DeliveryState.Succeeded)).Count == 3);
        Assert.Equal(3, receiver.All.Select(r => r.Id).Distinct().Count());
        Assert.Equal(3, receiver.All.Count);
    }

    /// <summary>Writes what a dispatcher would; one that runs beside it moves the cursor too, so it is tried until it is the faster.</summary>
    private async Task MoveAsync(Func<EventCursor, EventCursor> to, params NewDelivery[] deliveries) => await SiloFixture.UntilAsync("the cursor is written", async () =>
    {
        EventCursor known = await silo.Store.Webhooks.GetCursorAsync(key.Tenant, Cancel);
        return await silo.Store.Webhooks.DispatchAsync(key.Tenant, known, to(known), deliveries, silo.Time.GetUtcNow(), Cancel);
    });
}
