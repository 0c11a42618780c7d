using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private IScheduleStore Schedules => fixture.Store.Schedules;
    private IFireStore Fires => Schedules.Fires;
    private ScheduleKey Nightly => new(queue.Tenant, "nightly");

    [Fact]
    public async Task A_schedule_comes_back_as_it_was_with_the_bytes_of_its_input()
    {
        ScheduleRecord schedule = Schedule();
        Assert.True(await Schedules.AddAsync(schedule, Cancel));
        Assert.False(await Schedules.AddAsync(schedule with { Revision = 99 }, Cancel));
        ScheduleRecord stored = (await Schedules.GetAsync(Nightly, Cancel))!;
        Assert.Equivalent(schedule, stored, strict: true);
        Assert.True(ScheduleText.Same(schedule.Definition, stored.Definition));
        Assert.False(ScheduleText.Same(schedule.Definition, stored.Definition with { Jitter = TimeSpan.FromSeconds(1) }));
        Assert.Null(await Schedules.GetAsync(new ScheduleKey("someone-else", "nightly"), Cancel));
    }

    [Fact]
    public async Task A_change_of_a_schedule_carries_the_revision_that_it_knows()
    {
        ScheduleRecord schedule = Schedule();
        await Schedules.AddAsync(schedule, Cancel);
        ScheduleRecord changed = schedule with
        {
            Definition = schedule.Definition with { Cron = "0 3 * * *", Enabled = false }, Revision = 8, NextInstant = null, UpdatedAt = Make.Noon.AddDays(1),
        };
        Assert.False(await Schedules.ReplaceAsync(changed, known: 6, Cancel));
        Assert.True(await Schedules.ReplaceAsync(changed, known: 7, Cancel));
        Assert.False(await Schedules.ReplaceAsync(changed, known: 7, Cancel));
        Assert.Equivalent(changed, await Schedules.GetAsync(Nightly, Cancel), strict: true);
    }

    [Fact]
    public async Task How_far_a_schedule_is_never_goes_back_and_never_passes_a_changed_revision()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        Assert.True(await Schedules.AdvanceAsync(Nightly, 7, Hour(5), Hour(6), Hour(5), Cancel));
        Assert.False(await Schedules.AdvanceAsync(Nightly, 7, Hour(4), Hour(5), Hour(4), Cancel));
        Assert.False(await Schedules.AdvanceAsync(Nightly, 8, Hour(9), Hour(10), Hour(9), Cancel));
        Assert.True(await Schedules.AdvanceAsync(Nightly, 7, Hour(7), null, null, Cancel));
        ScheduleRecord stored = (await Schedules.GetAsync(Nightly, Cancel))!;
        Assert.Equal((Hour(7), (DateTimeOffset?)null, Hour(5)), (stored.DecidedUntil, stored.NextInstant, stored.LastInstant));
    }

    [Fact]
    public async Task Schedules_are_listed_by_id_and_narrowed()
    {
        foreach (string id in new[] { "c", "a", "b" }) await Schedules.AddAsync(Schedule(id) with { Definition = Schedule(id).Definition with { Enabled = id != "b" } }, Cancel);
        async Task<string> ListAsync(ScheduleFilter filter) =>
            string.Concat((await Schedules.ListAsync(queue.Tenant, filter, Cancel)).Select(s => s.Definition.Id)) + await Schedules.CountAsync(queue.Tenant, filter, Cancel);
        Assert.Equal("abc3", await ListAsync(new ScheduleFilter()));
        Assert.Equal("bc3", await ListAsync(new ScheduleFilter { Offset = 1 }));
        Assert.Equal("ac2", await ListAsync(new ScheduleFilter { Enabled = true }));
        Assert.Equal("0", await ListAsync(new ScheduleFilter { Task = "other" }));
        Assert.Empty((await Schedules.ListAsync(queue.Tenant, new ScheduleFilter(), Cancel))[0].Definition.Job.Input);
    }

    [Fact]
    public async Task Those_with_something_to_do_are_woken()
    {
        await Schedules.AddAsync(Schedule("due"), Cancel);
        await Schedules.AddAsync(Schedule("over") with { NextInstant = null }, Cancel);
        await Schedules.AddAsync(Schedule("cut-off") with { NextInstant = null }, Cancel);
        await Schedules.AddAsync(Schedule("filling") with { NextInstant = null }, Cancel);
        await Fires.AddAsync(new ScheduleKey(queue.Tenant, "cut-off"), 7, [Fire(1)], Cancel);
        await Schedules.Backfills.AddAsync(new ScheduleKey(queue.Tenant, "filling"), Backfill(), Cancel);
        Assert.Equal(["cut-off", "due", "filling"], (await Schedules.ListToWakeAsync(Cancel)).Where(k => k.Tenant == queue.Tenant).Select(k => k.Id));
    }

    [Fact]
    public async Task Of_many_that_add_an_instant_one_does()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        IReadOnlyList<bool>[] added = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Fires.AddAsync(Nightly, 7, [Fire(1)], Cancel)));
        Assert.Equal(1, added.Count(a => a[0]));
        Assert.Single(await Fires.ListAsync(Nightly, null, 10, Cancel));
    }

    [Fact]
    public async Task A_fire_under_an_old_definition_is_not_added()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        Assert.Equal([false], await Fires.AddAsync(Nightly, 6, [Fire(1)], Cancel));
        Assert.False(await Fires.AddTriggerAsync(Nightly, 6, Fire(1) with { Kind = FireKind.Trigger }, Cancel));
        Assert.Equal([false], await Fires.AddAsync(new ScheduleKey(queue.Tenant, "nothing"), 7, [Fire(1)], Cancel));
        Assert.Empty(await Fires.ListAsync(Nightly, null, 10, Cancel));
    }

    [Fact]
    public async Task A_fire_comes_back_as_it_was_and_moves_between_its_states_once()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        FireView pending = Fire(1), waiting = Fire(2) with { State = FireState.Waiting }, skipped = Fire(3) with { State = FireState.Skipped, Job = null, Reason = "busy" };
        Assert.Equal([true, true, true], await Fires.AddAsync(Nightly, 7, [pending, waiting, skipped], Cancel));
        Assert.Equal([skipped, waiting, pending], await Fires.ListAsync(Nightly, null, 10, Cancel));
        Assert.Equal([pending], await Fires.ListAsync(Nightly, waiting.Instant, 10, Cancel));
        Assert.Equal([pending, waiting], await Fires.ReadOpenAsync(Nightly, 10, Cancel));

        await Fires.MarkAsync(Nightly, [new FireMark(pending.Instant, FireState.Pending, FireState.Submitted), new FireMark(waiting.Instant, FireState.Waiting, FireState.Rejected, "no")], Cancel);
        await Fires.MarkAsync(Nightly, [new FireMark(pending.Instant, FireState.Pending, FireState.Rejected, "late")], Cancel);
        Assert.Equal([(FireState.Rejected, "no"), (FireState.Submitted, null)], (await Fires.ListAsync(Nightly, skipped.Instant, 10, Cancel)).Select(f => (f.State, f.Reason)));
        Assert.Empty(await Fires.ReadOpenAsync(Nightly, 10, Cancel));
    }

    [Fact]
    public async Task Only_the_newest_goes_on_waiting()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        await Fires.AddAsync(Nightly, 7, [.. Enumerable.Range(1, 3).Select(i => Fire(i) with { State = FireState.Waiting })], Cancel);
        await Fires.SkipOlderWaitingAsync(Nightly, Hour(3), "a newer one waits", Cancel);
        Assert.Equal(Hour(3), Assert.Single(await Fires.ReadOpenAsync(Nightly, 10, Cancel)).Instant);
        Assert.Equal("a newer one waits", (await Fires.ListAsync(Nightly, Hour(2), 10, Cancel))[0].Reason);
    }

    [Fact]
    public async Task A_backfill_takes_over_what_had_no_job_and_leaves_what_had()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        await Fires.AddAsync(Nightly, 7, [Fire(1) with { State = FireState.Submitted }, Fire(2) with { State = FireState.Skipped, Job = null, Reason = "busy" }, Fire(3) with { State = FireState.Rejected }], Cancel);
        FireView Filled(int hour) => Fire(hour) with { Kind = FireKind.Backfill, Backfill = Make.Id().Value };
        FireView[] fills = [Filled(1), Filled(2), Filled(3), Filled(4)];
        Assert.Equal([false, true, true, true], await Fires.AddAsync(Nightly, 7, fills, Cancel));
        Assert.Equal(fills[1..], (await Fires.ListAsync(Nightly, null, 10, Cancel)).Reverse().Skip(1));
        Assert.Equal([false], await Fires.AddAsync(Nightly, 7, [Filled(2)], Cancel));
        Assert.Equal([false], await Fires.AddAsync(Nightly, 7, [Fire(2)], Cancel));
    }

    [Fact]
    public async Task A_triggers_key_fires_once()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        FireView trigger = Fire(1) with { Kind = FireKind.Trigger, TriggerKey = "once" };
        Assert.True(await Fires.AddTriggerAsync(Nightly, 7, trigger, Cancel));
        Assert.False(await Fires.AddTriggerAsync(Nightly, 7, trigger with { Instant = Hour(2) }, Cancel));
        Assert.True(await Fires.AddTriggerAsync(Nightly, 7, trigger with { Instant = Hour(3), TriggerKey = null }, Cancel));
        Assert.Equal(trigger, await Fires.GetTriggerAsync(Nightly, "once", Cancel));
        Assert.Null(await Fires.GetTriggerAsync(Nightly, "never", Cancel));
    }

    [Fact]
    public async Task A_job_runs_until_it_is_at_an_end_and_a_backfills_does_not_count()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        NewJob running = await QueuedAsync(), done = await QueuedAsync(), filling = await QueuedAsync();
        await Fires.AddAsync(Nightly, 7,
        [
            Fire(1, running) with { State = FireState.Submitted }, Fire(2, done) with { State = FireState.Submitted },
            Fire(3, filling) with { State = FireState.Submitted, Kind = FireKind.Backfill }, Fire(4) with { State = FireState.Submitted },
        ], Cancel);
        await EndAsync(Make.Complete(done));
        Assert.Equal([running.Id], await Fires.ReadRunningAsync(Nightly, Cancel));
        await EndAsync(Make.Complete(running));
        Assert.Empty(await Fires.ReadRunningAsync(Nightly, Cancel));
    }

    [Fact]
    public async Task What_is_old_is_forgotten_and_how_far_is_remembered()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        FireView[] fires = [Fire(1), .. Enumerable.Range(2, 4).Select(i => Fire(i) with { State = FireState.Submitted })];
        await Fires.AddAsync(Nightly, 7, fires, Cancel);
        Assert.Equal(2, await Fires.PruneAsync(Nightly, Hour(5), 2, Cancel));
        Assert.Equal(1, await Fires.PruneAsync(Nightly, Hour(5), 2, Cancel));
        Assert.Equal(0, await Fires.PruneAsync(Nightly, Hour(5), 2, Cancel));
        Assert.Equal([fires[4], fires[0]], await Fires.ListAsync(Nightly, null, 10, Cancel));
        Assert.Equal(Hour(4), (await Schedules.GetAsync(Nightly, Cancel))!.HistoryFrom);
    }

    [Fact]
    public async Task A_deleted_schedule_leaves_nothing_behind()
    {
        await Schedules.AddAsync(Schedule(), Cancel);
        await Fires.AddAsync(Nightly, 7, [Fire(1)], Cancel);
        await Schedules.Backfills.AddAsync(Nightly, Backfill(), Cancel);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Schedules.DeleteAsync(Nightly, Precondition.At(6), Cancel));
        Assert.Single(await Fires.ListAsync(Nightly, null, 10, Cancel));
        Assert.True(await Schedules.DeleteAsync(Nightly, Precondition.At(7), Cancel));
        Assert.False(await Schedules.DeleteAsync(Nightly, null, Cancel));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Schedules.DeleteAsync(Nightly, Precondition.Present, Cancel));
        Assert.Null(await Schedules.GetAsync(Nightly, Cancel));
        Assert.Empty(await Fires.ListAsync(Nightly, null, 10, Cancel));
        Assert.Empty(await Schedules.Backfills.ListAsync(Nightly, 10, Cancel));
    }

    [Fact]
    public async Task A_backfill_goes_on_from_where_it_is_and_stops_where_it_is_told()
    {
        IBackfillStore backfills = Schedules.Backfills;
        await Schedules.AddAsync(Schedule(), Cancel);
        BackfillRecord made = Backfill();
        Assert.True(await backfills.AddAsync(Nightly, made, Cancel));
        Assert.False(await backfills.AddAsync(Nightly, made, Cancel));
        Assert.Equal(made, await backfills.GetAsync(Nightly, made.View.Id, Cancel));

        BackfillRecord on = made with { DoneUntil = Hour(1), NextAt = Hour(30), View = made.View with { Handled = 5 } };
        await Fires.AddAsync(Nightly, 7, [Fire(1) with { State = FireState.Submitted, Kind = FireKind.Backfill, Backfill = made.View.Id }], Cancel);
        Assert.True(await backfills.AdvanceAsync(on, null, Cancel));
        Assert.False(await backfills.AdvanceAsync(on with { DoneUntil = Hour(2) }, null, Cancel));
        Assert.Equal(on with { View = on.View with { Submitted = 1 } }, await backfills.GetAsync(Nightly, made.View.Id, Cancel));
        Assert.Equal([on], await backfills.ReadOpenAsync(Nightly, Cancel));

        Assert.True(await backfills.MoveAsync(Nightly, made.View.Id, BackfillState.Paused, Hour(3), Cancel));
        Assert.False(await backfills.AdvanceAsync(on with { DoneUntil = Hour(2) }, Hour(1), Cancel));
        Assert.True(await backfills.MoveAsync(Nightly, made.View.Id, BackfillState.Cancelled, Hour(4), Cancel));
        Assert.False(await backfills.MoveAsync(Nightly, made.View.Id, BackfillState.Running, Hour(5), Cancel));
        Assert.Empty(await backfills.ReadOpenAsync(Nightly, Cancel));
        Assert.Equal((BackfillState.Cancelled, Hour(4)), (await backfills.ListAsync(Nightly, 10, Cancel)).Select(b => (b.View.State, b.View.UpdatedAt)).Single());
    }

    private static DateTimeOffset Hour(int hour) => Make.Noon.AddHours(hour);

    private static FireView Fire(int hour, NewJob? job = null) => new()
    {
        Instant = Hour(hour), Kind = FireKind.Scheduled, State = FireState.Pending, Job = job?.Id ?? Make.Id(), RunAt = Hour(hour).AddSeconds(3), DecidedAt = Hour(hour),
    };

    private static BackfillRecord Backfill() => new(
        new BackfillView
        {
            Id = Make.Id().Value, Request = new BackfillRequest(Hour(-48), Hour(0), 60), State = BackfillState.Running, Total = 48, Handled = 0, Submitted = 0,
            CreatedAt = Make.Noon, UpdatedAt = Make.Noon,
        },
        null,
        Make.Noon);

    private ScheduleRecord Schedule(string id = "nightly") => new()
    {
        Tenant = queue.Tenant,
        Definition = new ScheduleDefinition
        {
            Id = id,
            Job = new Submission
            {
                Task = "echo", Input = """{"n": 1.0, "t":"hé"}"""u8.ToArray(), Priority = JobPriority.High, Queue = "mail", MaxAttempts = 4, Timeout = TimeSpan.FromSeconds(90),
                ConcurrencyKey = "one", ConcurrencyLimit = 2,
            },
            Cron = "30 2 * * *",
            TimeZone = "Europe/Berlin",
            EndAt = Make.Noon.AddYears(1),
            Overlap = OverlapPolicy.QueueOne,
            Misfire = MisfirePolicy.CatchUp,
            CatchUp = 5,
            MisfireThreshold = TimeSpan.FromSeconds(10),
        },
        Revision = 7,
        DecidedUntil = Make.Noon,
        NextInstant = Hour(1),
        CreatedAt = Make.Noon,
        UpdatedAt = Make.Noon,
    };
}
