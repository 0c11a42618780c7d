using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ratchet.Schedules;
using Ratchet.Storage;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>
/// See <see cref="IScheduleGrain"/>. One timer runs all of its work, a turn at a time: what a crash cut off, then what waits, then the instants that are
/// due, then backfills. It is set for the next of these, so that an idle schedule asks the store nothing.
/// </summary>
public sealed partial class ScheduleGrain(
    IStore store, ScheduleTemplates templates, ScheduleMetrics metrics, IHostApplicationLifetime lifetime, IOptions<ScheduleOptions> options, TimeProvider time,
    ILogger<ScheduleGrain> logger)
    : Grain, IScheduleGrain, IRemindable
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Timers cannot run longer than about 49 days, and the clock may be set: a far instant is looked at again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private ScheduleKey key;
    private IGrainTimer workTimer = null!;
    private IGrainTimer endTimer = null!;
    private ScheduleRecord? schedule;
    private ScheduleTimes times = null!;

    /// <summary>The row may have changed since it was read.</summary>
    private bool stale = true;

    /// <summary>Another turn is wanted at once, whatever the one under way sets the timer to.</summary>
    private bool soon;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = ScheduleKey.FromGrainKey(this.GetPrimaryKeyString());
        var idle = new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true };
        workTimer = this.RegisterGrainTimer(WorkAsync, idle);
        // Waiting for a job's end takes long, and must not hold up the calls.
        endTimer = this.RegisterGrainTimer(WatchEndAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        WorkSoon();
        return Task.CompletedTask;
    }

    public Task WakeAsync()
    {
        stale = true;
        WorkSoon();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        stale = true;
        await WorkAsync(CancellationToken.None);
        await ForgetOldAsync();
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        TimeSpan? again = null;
        soon = false;
        try
        {
            if (stale) await ReadAsync();
            if (schedule is not null) await TurnAsync();
            await KeepWatchdogAsync();
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            ScheduleLog.TriesAgain(logger, key.ToString(), e.Message);
            again = RetryAfterFailure;
        }
        catch (Exception e)
        {
            // Whatever it is, the instants to come are not to be lost to it.
            ScheduleLog.Failed(logger, e, key.ToString());
            again = RetryAfterFailure;
        }

        if (again is not null) stale = true;
        Arm(again);
    }

    private async Task TurnAsync()
    {
        await SubmitOpenAsync();
        await DecideDueAsync();
        await FillAsync();
    }

    private async Task ReadAsync()
    {
        Adopt(await store.Schedules.GetAsync(key, CancellationToken.None));
        mayBeOpen = mayBeFilling = true;
        stale = false;
    }

    private void Adopt(ScheduleRecord? record)
    {
        if (record is not null && (schedule is null || schedule.Revision != record.Revision)) times = ScheduleTimes.Of(record.Definition);
        schedule = record;
    }

    /// <summary>Sets the timer for whatever comes first.</summary>
    /// <param name="again">After a failure: in this long.</param>
    private void Arm(TimeSpan? again)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan wait = stale || soon ? TimeSpan.Zero : LongestTimer;
        if (schedule?.NextInstant is { } next && next - now < wait) wait = next - now;
        if (nextFill is { } fill && fill - now < wait) wait = fill - now;
        // After a failure at once would be too soon, whatever is due.
        if (openLeft) again ??= RetryAfterFailure;
        wait = again ?? wait;
        workTimer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void WorkSoon()
    {
        soon = true;
        workTimer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    internal static ScheduleView ViewOf(ScheduleRecord record) => new()
    {
        Tenant = record.Tenant,
        Definition = record.Definition,
        Revision = record.Revision,
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        LastInstant = record.LastInstant,
        NextInstant = record.NextInstant,
    };
}
