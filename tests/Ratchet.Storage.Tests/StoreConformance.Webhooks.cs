using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private IWebhookStore Webhooks => fixture.Store.Webhooks;

    private WebhookKey Hook(string id = "hook") => new(queue.Tenant, id);

    private WebhookRecord WebhookOf(string id = "hook", bool enabled = true) => new()
    {
        Tenant = queue.Tenant,
        Definition = new WebhookDefinition
        {
            Id = id, Url = "https://example.com/in?a=1", Description = "Zoë 🦀", Events = ["job.failed"], States = [JobState.Failed], Tasks = ["echo"], Queues = ["mail"],
            Concurrency = 2, Enabled = enabled,
        },
        Revision = 7,
        Secret = "whsec_one",
        Since = new EventCursor(1, 2),
        CreatedAt = Make.Noon,
        UpdatedAt = Make.Noon,
    };

    private NewDelivery DeliveryOf(string webhook = "hook", long place = 1, int at = 0) => new(
        Guid.CreateVersion7(Make.Noon.AddMilliseconds(at)), webhook, new EventCursor(place, place), "job.failed", Make.Id(), """{"type":"job.failed"}""");

    private Task<bool> DispatchAsync(EventCursor known, EventCursor next, params NewDelivery[] deliveries) => Webhooks.DispatchAsync(queue.Tenant, known, next, deliveries, Make.Noon, Cancel);

    private static DeliveryOutcome OutcomeOf(Guid id, int attempts, DeliveryState state, DateTimeOffset? next = null, DateTimeOffset? at = null) => new(
        id, attempts, state, next, at ?? Make.Noon.AddSeconds(1),
        new DeliveryAttempt(0, Make.Noon, state == DeliveryState.Succeeded ? 204 : 500, state == DeliveryState.Succeeded ? null : "It answered 500.", TimeSpan.FromMilliseconds(3), "body"));

    [Fact]
    public async Task A_webhook_comes_back_as_it_was_and_to_its_tenant_alone()
    {
        WebhookRecord made = WebhookOf();
        Assert.True(await Webhooks.AddAsync(made, Cancel));
        Assert.False(await Webhooks.AddAsync(made, Cancel));
        WebhookRecord read = (await Webhooks.GetAsync(Hook(), Cancel))!;
        Assert.True(made.Definition.IsSameAs(read.Definition));
        Assert.Equal(made with { Definition = read.Definition }, read);
        Assert.Null(await Webhooks.GetAsync(new WebhookKey("someone-else", "hook"), Cancel));
        Assert.Equal([Hook()], (await Webhooks.ListAsync(queue.Tenant, Cancel)).Select(w => w.Key));
        Assert.Contains(queue.Tenant, await Webhooks.ListTenantsAsync(Cancel));
        Assert.DoesNotContain("whsec", read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_webhook_that_knows_another_revision_is_left_alone()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        WebhookRecord changed = WebhookOf() with
        {
            Revision = 8, Secret = "whsec_two", PreviousSecret = "whsec_one", PreviousUntil = Make.Noon.AddDays(1), FailingSince = Make.Noon, DisabledReason = "gone", Since = new EventCursor(3, 4),
        };
        Assert.False(await Webhooks.ReplaceAsync(changed, 6, Cancel));
        Assert.True(await Webhooks.ReplaceAsync(changed, 7, Cancel));
        WebhookRecord read = (await Webhooks.GetAsync(Hook(), Cancel))!;
        Assert.Equal(changed with { Definition = read.Definition }, read);
        await Webhooks.NoteFailingAsync(Hook(), null, Cancel);
        Assert.Equal((null, 8), ((await Webhooks.GetAsync(Hook(), Cancel))!.FailingSince, (int)(await Webhooks.GetAsync(Hook(), Cancel))!.Revision));
    }

    [Fact]
    public async Task Deliveries_are_made_by_whoever_moves_the_cursor_and_by_nobody_else()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        Assert.Equal(default, await Webhooks.GetCursorAsync(queue.Tenant, Cancel));
        NewDelivery first = DeliveryOf(place: 5);
        Assert.True(await DispatchAsync(default, new EventCursor(5, 5), first));
        // One that has not heard of it, such as a second grain: with the same event under another id.
        Assert.False(await DispatchAsync(default, new EventCursor(5, 5), DeliveryOf(place: 5)));
        // Even with the cursor right, an event is delivered under one id.
        Assert.True(await DispatchAsync(new EventCursor(5, 5), new EventCursor(6, 6), DeliveryOf(place: 5, at: 1), DeliveryOf(place: 6, at: 2)));
        Assert.Equal(new EventCursor(6, 6), await Webhooks.GetCursorAsync(queue.Tenant, Cancel));
        IReadOnlyList<DeliveryView> all = await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter(), Cancel);
        Assert.Equal(2, all.Count);
        Assert.Equal(first.Id, all[1].Id);
    }

    [Fact]
    public async Task Webhooks_that_are_gone_or_disabled_get_no_deliveries()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        await Webhooks.AddAsync(WebhookOf("off", enabled: false), Cancel);
        Assert.True(await DispatchAsync(default, new EventCursor(1, 1), DeliveryOf(), DeliveryOf("off"), DeliveryOf("never-was")));
        Assert.Single(await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter(), Cancel));
        Assert.Empty(await Webhooks.Deliveries.ListAsync(Hook("off"), new DeliveryFilter(), Cancel));
        Assert.Empty(await Webhooks.Deliveries.ListAsync(Hook("never-was"), new DeliveryFilter(), Cancel));
    }

    [Fact]
    public async Task Events_are_followed_up_to_a_position_with_the_names_of_their_jobs()
    {
        EventCursor before = await Webhooks.GetPositionAsync(Cancel);
        NewJob kept = await QueuedAsync(), gone = await QueuedAsync();
        await EndAsync(Make.End(gone, JobTransition.Fail));
        await Jobs.DeleteAsync(queue.Tenant, [gone.Id], Make.Noon, "test", Cancel);
        var seen = new List<WebhookEvent>();
        // Another test's transaction may hold the position back for a moment.
        while (seen.Count < 4)
        {
            EventCursor position = await Webhooks.GetPositionAsync(Cancel);
            seen.AddRange(await Webhooks.FollowAsync(queue.Tenant, seen.Count == 0 ? before : seen[^1].Event.Cursor, position, 2, Cancel));
        }

        Assert.Equal(["enqueue", "enqueue", "fail", "delete"], seen.Select(e => e.Event.Transition));
        Assert.Equal(("echo", "1.0.0", "mail"), (seen[0].Task, seen[0].TaskVersion, seen[0].Queue));
        Assert.Equal(kept.Id, seen[0].Event.Job);
        Assert.Equal((null, null, null), (seen[3].Task, seen[3].TaskVersion, seen[3].Queue));
        Assert.Empty(await Webhooks.FollowAsync(queue.Tenant, before, before, 10, Cancel));
    }

    [Fact]
    public async Task The_end_of_an_attempt_counts_once()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        NewDelivery made = DeliveryOf();
        await DispatchAsync(default, new EventCursor(1, 1), made);
        PendingDelivery due = Assert.Single(await Webhooks.Deliveries.ReadNextAsync(Hook(), events: true, 10, Cancel));
        Assert.Equal(new PendingDelivery(made.Id, "job.failed", made.Payload, 0, 0, Make.Noon), due);
        Assert.True(await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made.Id, 0, DeliveryState.Pending, Make.Noon.AddMinutes(5)), Cancel));
        Assert.False(await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made.Id, 0, DeliveryState.Succeeded), Cancel));
        due = Assert.Single(await Webhooks.Deliveries.ReadNextAsync(Hook(), events: true, 10, Cancel));
        Assert.Equal((1, 1, Make.Noon.AddMinutes(5)), (due.Attempts, due.Tries, due.NextAt));
        Assert.True(await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made.Id, 1, DeliveryState.Succeeded), Cancel));
        DeliveryView view = (await Webhooks.Deliveries.GetAsync(Hook(), made.Id, Cancel))!;
        Assert.Equal((DeliveryState.Succeeded, 2, 204, null, made.Job), (view.State, view.Attempts, view.Status, view.Error, view.Job!.Value));
        Assert.Equal((Make.Noon.AddSeconds(1), null, made.Payload), (view.FinishedAt, view.NextAt, view.Payload));
        Assert.Equal(
            [new DeliveryAttempt(1, Make.Noon, 500, "It answered 500.", TimeSpan.FromMilliseconds(3), "body"), new DeliveryAttempt(2, Make.Noon, 204, null, TimeSpan.FromMilliseconds(3), "body")],
            view.Log);
        Assert.Null(await Webhooks.Deliveries.GetAsync(new WebhookKey("someone-else", "hook"), made.Id, Cancel));
    }

    [Fact]
    public async Task Deliveries_are_sent_again_one_or_all_that_failed()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        NewDelivery[] made = [DeliveryOf(place: 1), DeliveryOf(place: 2, at: 1), DeliveryOf(place: 3, at: 2)];
        await DispatchAsync(default, new EventCursor(3, 3), made);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[0].Id, 0, DeliveryState.Succeeded), Cancel);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[1].Id, 0, DeliveryState.Failed), Cancel);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[2].Id, 0, DeliveryState.Failed), Cancel);
        Assert.Equal([made[2].Id, made[1].Id], (await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter { State = DeliveryState.Failed }, Cancel)).Select(d => d.Id));
        Assert.Equal([made[0].Id], (await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter { Job = made[0].Job, Type = "job.failed", Before = made[1].Id }, Cancel)).Select(d => d.Id));
        Assert.Equal(0, await Webhooks.Deliveries.ResendFailedAsync(Hook(), Make.Noon.AddSeconds(1), Make.Noon, 10, Cancel));
        Assert.Equal(1, await Webhooks.Deliveries.ResendFailedAsync(Hook(), Make.Noon, Make.Noon.AddHours(1), 1, Cancel));
        Assert.Equal(1, await Webhooks.Deliveries.ResendFailedAsync(Hook(), Make.Noon, Make.Noon.AddHours(2), 10, Cancel));
        Assert.True(await Webhooks.Deliveries.ResendAsync(Hook(), made[0].Id, Make.Noon.AddHours(3), Cancel));
        Assert.Equal(
            [(made[1].Id, 1, 0), (made[2].Id, 1, 0), (made[0].Id, 1, 0)], (await Webhooks.Deliveries.ReadNextAsync(Hook(), events: true, 10, Cancel)).Select(d => (d.Id, d.Attempts, d.Tries)));
        DeliveryBacklog backlog = await Webhooks.Deliveries.GetBacklogAsync(Hook(), 2, Cancel);
        Assert.Equal(2, backlog.Count);
        Assert.InRange(backlog.Oldest!.Value, Make.Noon, Make.Noon.AddDays(30));
        Assert.Equal(new DeliveryBacklog(0, null), await Webhooks.Deliveries.GetBacklogAsync(Hook() with { Id = "another" }, 2, Cancel));
        Assert.False(await Webhooks.Deliveries.ResendAsync(Hook(), Guid.CreateVersion7(), Make.Noon, Cancel));
    }

    [Fact]
    public async Task A_disabled_webhook_keeps_its_deliveries_and_sends_pings_alone()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        await DispatchAsync(default, new EventCursor(1, 1), DeliveryOf());
        Assert.Equal(["hook"], await Webhooks.Deliveries.ListDueAsync(queue.Tenant, Make.Noon, Cancel));
        Assert.Empty(await Webhooks.Deliveries.ListDueAsync(queue.Tenant, Make.Noon.AddSeconds(-1), Cancel));
        await Webhooks.ReplaceAsync(WebhookOf(enabled: false) with { Revision = 8 }, 7, Cancel);
        Assert.Empty(await Webhooks.Deliveries.ListDueAsync(queue.Tenant, Make.Noon, Cancel));
        Assert.Empty(await Webhooks.Deliveries.ReadNextAsync(Hook(), events: false, 10, Cancel));
        var ping = Guid.CreateVersion7();
        await Webhooks.Deliveries.AddPingAsync(Hook(), ping, "{}", Make.Noon, Cancel);
        await Webhooks.Deliveries.AddPingAsync(Hook(), ping, "{}", Make.Noon, Cancel);
        Assert.Equal(ping, Assert.Single(await Webhooks.Deliveries.ReadNextAsync(Hook(), events: false, 10, Cancel)).Id);
        Assert.Equal(["hook"], await Webhooks.Deliveries.ListDueAsync(queue.Tenant, Make.Noon, Cancel));
        Assert.Equal(2, (await Webhooks.Deliveries.ReadNextAsync(Hook(), events: true, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_deleted_webhook_takes_its_deliveries_along()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        NewDelivery made = DeliveryOf();
        await DispatchAsync(default, new EventCursor(1, 1), made);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made.Id, 0, DeliveryState.Failed), Cancel);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Webhooks.DeleteAsync(Hook(), Precondition.At(6), Cancel));
        Assert.NotNull(await Webhooks.Deliveries.GetAsync(Hook(), made.Id, Cancel));
        Assert.True(await Webhooks.DeleteAsync(Hook(), Precondition.At(7), Cancel));
        Assert.False(await Webhooks.DeleteAsync(Hook(), null, Cancel));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Webhooks.DeleteAsync(Hook(), Precondition.Present, Cancel));
        Assert.Null(await Webhooks.Deliveries.GetAsync(Hook(), made.Id, Cancel));
        Assert.Empty(await Webhooks.ListAsync(queue.Tenant, Cancel));
        // Made again, it begins without them.
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        Assert.Empty(await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter(), Cancel));
    }

    [Fact]
    public async Task Old_deliveries_are_swept_by_their_state_and_those_that_wait_stay()
    {
        await Webhooks.AddAsync(WebhookOf(), Cancel);
        NewDelivery[] made = [.. Enumerable.Range(1, 5).Select(i => DeliveryOf(place: i, at: i))];
        await DispatchAsync(default, new EventCursor(9, 9), made);
        // Older than those of all other tests, which share the database.
        DateTimeOffset old = Make.Noon.AddYears(-1), older = old.AddDays(-1);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[0].Id, 0, DeliveryState.Succeeded, at: older), Cancel);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[1].Id, 0, DeliveryState.Failed, at: older), Cancel);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[2].Id, 0, DeliveryState.Succeeded, at: old), Cancel);
        await Webhooks.Deliveries.RecordAsync(Hook(), OutcomeOf(made[3].Id, 0, DeliveryState.Failed, at: old), Cancel);
        Assert.Equal(1, await Webhooks.Deliveries.SweepAsync(old, older, 100, Cancel));
        Assert.Null(await Webhooks.Deliveries.GetAsync(Hook(), made[0].Id, Cancel));
        Assert.Equal(4, (await Webhooks.Deliveries.ListAsync(Hook(), new DeliveryFilter(), Cancel)).Count);
        Assert.Equal(1, await Webhooks.Deliveries.SweepAsync(older, old, 100, Cancel));
        Assert.Null(await Webhooks.Deliveries.GetAsync(Hook(), made[1].Id, Cancel));
    }
}
