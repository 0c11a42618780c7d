using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public abstract partial class ScheduleGrainTests
{
    private DateTimeOffset Today => new(silo.Time.GetUtcNow().Date, TimeSpan.Zero);

    [Fact]
    public async Task A_range_is_filled_but_for_what_had_fired()
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly" });
        FireView there = Pending(Today.AddHours(-5)) with { State = FireState.Submitted };
        FireView skipped = Pending(Today.AddHours(-4)) with { State = FireState.Skipped, Job = null, Reason = "busy" };
        await Store.Fires.AddAsync(key, schedule.Revision, [there, skipped], Cancel);
        BackfillView backfill = await BackfillAsync(-24, 0, Limits.BackfillPerMinute);
        Assert.Equal((24, BackfillState.Running), (backfill.Total, backfill.State));
        await UntilBackfillAsync(backfill.Id, BackfillState.Completed);
        BackfillView done = await ViewAsync(backfill.Id);
        Assert.Equal((24, 23), (done.Handled, done.Submitted));
        IReadOnlyList<FireView> fires = await FiresAsync();
        Assert.Equal(24, fires.Count);
        Assert.Contains(there, fires);
        foreach (FireView fire in fires.Where(f => f != there))
        {
            Assert.Equal((FireKind.Backfill, FireState.Submitted), (fire.Kind, fire.State));
            Assert.Equal(JobPriority.Low, (await JobAsync(fire))!.Priority);
        }

        // Again: nothing is left to fire.
        BackfillView again = await BackfillAsync(-24, 0, Limits.BackfillPerMinute);
        await UntilBackfillAsync(again.Id, BackfillState.Completed);
        Assert.Equal(0, (await ViewAsync(again.Id)).Submitted);
    }

    [Fact]
    public async Task A_backfill_keeps_to_its_rate_and_can_be_held_and_ended()
    {
        await CreateAsync(Definition with { Cron = "@hourly" });
        BackfillView backfill = await BackfillAsync(-24, 0, 1);
        await SiloFixture.UntilAsync("the first instant is handled", async () => (await ViewAsync(backfill.Id)).Handled == 1);
        await Grain.WakeAsync();
        Assert.Equal(BackfillState.Paused, (await Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Pause)).State);
        // A minute later its next job might go, were it not held.
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        await Grain.EnableAsync(false);
        Assert.Equal(1, (await ViewAsync(backfill.Id)).Handled);
        await Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Resume);
        await SiloFixture.UntilAsync("the second instant is handled", async () => (await ViewAsync(backfill.Id)).Handled == 2);
        Assert.Equal(BackfillState.Cancelled, (await Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Cancel)).State);
        Assert.Equal(BackfillState.Cancelled, (await Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Cancel)).State);
        await Assert.ThrowsAsync<ScheduleConflictException>(() => Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Resume));
        await Assert.ThrowsAsync<ScheduleNotFoundException>(() => Grain.MoveBackfillAsync(Guid.Empty, BackfillVerb.Pause));
        Assert.Equal(2, (await FiresAsync()).Count);
    }

    [Fact]
    public async Task A_backfill_goes_on_after_a_crash_from_its_row()
    {
        DateTimeOffset now = silo.Time.GetUtcNow();
        // Not by the grain, which would be awake and see the rows one by one.
        await Store.AddAsync(new ScheduleRecord { Tenant = key.Tenant, Definition = Definition with { Cron = "@hourly" }, Revision = 1, DecidedUntil = now, NextInstant = now.AddHours(1), CreatedAt = now, UpdatedAt = now }, Cancel);
        var id = JobId.New(silo.Time).Value;
        var request = new BackfillRequest(Today.AddHours(-10), Today, Limits.BackfillPerMinute);
        var view = new BackfillView { Id = id, Request = request, State = BackfillState.Running, Total = 10, Handled = 0, Submitted = 0, CreatedAt = now, UpdatedAt = now };
        // It stood after three instants, and had written the fourth's fire but neither its job nor the fourth's being done.
        await Store.Backfills.AddAsync(key, new BackfillRecord(view, null, now), Cancel);
        await Store.Backfills.AdvanceAsync(new BackfillRecord(view with { Handled = 3 }, request.From.AddHours(2), now), null, Cancel);
        FireView cutOff = Pending(request.From.AddHours(3)) with { Kind = FireKind.Backfill, Backfill = id };
        await Store.Fires.AddAsync(key, 1, [cutOff], Cancel);
        await Grain.WakeAsync();
        await UntilBackfillAsync(id, BackfillState.Completed);
        Assert.Equal((10, 7), ((await ViewAsync(id)).Handled, (await ViewAsync(id)).Submitted));
        Assert.Equal(7, (await FiresAsync()).Count);
        Assert.NotNull(await JobAsync(cutOff));
    }

    [Fact]
    public async Task The_timing_cannot_change_under_a_backfill()
    {
        await CreateAsync(Definition with { Cron = "@hourly" });
        BackfillView backfill = await BackfillAsync(-24, 0, 1);
        await Assert.ThrowsAsync<ScheduleConflictException>(() => Grain.UpdateAsync(Definition with { Cron = "@daily" }));
        await Grain.UpdateAsync(Definition with { Cron = "@hourly", Jitter = TimeSpan.FromSeconds(5) });
        await Grain.MoveBackfillAsync(backfill.Id, BackfillVerb.Cancel);
        await Grain.UpdateAsync(Definition with { Cron = "@daily" });
    }

    private Task<BackfillView> BackfillAsync(int fromHours, int toHours, int perMinute) =>
        Grain.StartBackfillAsync(JobId.New(silo.Time).Value, new BackfillRequest(Today.AddHours(fromHours), Today.AddHours(toHours), perMinute));

    private async Task<BackfillView> ViewAsync(Guid id) => (await Store.Backfills.GetAsync(key, id, Cancel))!.View;

    private Task UntilBackfillAsync(Guid id, BackfillState state) => SiloFixture.UntilAsync($"backfill {id} is {state}", async () => (await ViewAsync(id)).State == state);
}
