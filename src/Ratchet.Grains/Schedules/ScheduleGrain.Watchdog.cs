using Orleans.Runtime;

namespace Ratchet.Grains.Schedules;

/// <summary>The reminder that brings the grain back when its activation was lost, while it has something to do; and the forgetting of old fires.</summary>
public sealed partial class ScheduleGrain
{
    private const string WatchdogReminder = "watchdog";
    private const int ForgetBatch = 10_000;
    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromHours(1);

    private bool? guarded;
    private DateTimeOffset forgotten;

    private async Task KeepWatchdogAsync()
    {
        bool needed = schedule is not null && (schedule.NextInstant is not null || mayBeOpen || mayBeFilling);
        if (needed == guarded) return;
        TimeSpan period = options.Value.Watchdog;
        if (needed) await this.RegisterOrUpdateReminder(WatchdogReminder, period, period);
        else if (await this.GetReminder(WatchdogReminder) is { } reminder) await this.UnregisterReminder(reminder);
        guarded = needed;
    }

    private async Task ForgetOldAsync()
    {
        DateTimeOffset now = Now();
        if (schedule is null || now - forgotten < ForgetPeriod) return;
        int gone = await store.Schedules.Fires.PruneAsync(key, now.AddDays(-Limits.FireDays), ForgetBatch, CancellationToken.None);
        // More may be left, and is forgotten at the next tick.
        if (gone < ForgetBatch) forgotten = now;
    }
}
