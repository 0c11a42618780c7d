using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>Backfills: a range of instants fired at a bounded rate. How far each is stands in its row, which is written after its fires.</summary>
public sealed partial class ScheduleGrain
{
    /// <summary>There may be backfills that are not at an end.</summary>
    private bool mayBeFilling = true;

    /// <summary>When the next job of a backfill may be submitted; null while none runs.</summary>
    private DateTimeOffset? nextFill;

    public async Task<BackfillView> StartBackfillAsync(Guid id, BackfillRequest request)
    {
        ScheduleRecord known = await RequireAsync();
        if (await store.Schedules.Backfills.GetAsync(key, id, CancellationToken.None) is { } there) return there.View;
        DateTimeOffset now = Now();
        BackfillRules.Check(request, known.HistoryFrom, now);
        int total = BackfillRules.Count(times, request);
        if ((await store.Schedules.Backfills.ReadOpenAsync(key, CancellationToken.None)).Count >= Limits.OpenBackfills)
            throw new ScheduleConflictException($"Schedule '{key.Id}' has {Limits.OpenBackfills} backfills that are not at an end; wait for one, or cancel one.");
        var view = new BackfillView { Id = id, Request = request, State = BackfillState.Running, Total = total, Handled = 0, Submitted = 0, CreatedAt = now, UpdatedAt = now };
        await store.Schedules.Backfills.AddAsync(key, new BackfillRecord(view, null, now), CancellationToken.None);
        Moved(view);
        return view;
    }

    public async Task<BackfillView> MoveBackfillAsync(Guid id, BackfillVerb verb)
    {
        await RequireAsync();
        BackfillView view = await GetBackfillAsync(id);
        BackfillState to = verb.Target();
        if (!verb.Allows(view.State)) throw new ScheduleConflictException($"Backfill {id} is {view.State.Name()}; it cannot become {to.Name()} any more.");
        if (view.State == to) return view;
        await store.Schedules.Backfills.MoveAsync(key, id, to, Now(), CancellationToken.None);
        view = await GetBackfillAsync(id);
        // It came to its end between the reading and the write.
        if (view.State != to) throw new ScheduleConflictException($"Backfill {id} is {view.State.Name()}; it cannot become {to.Name()} any more.");
        Moved(view);
        return view;
    }

    private async Task<BackfillView> GetBackfillAsync(Guid id) => (await store.Schedules.Backfills.GetAsync(key, id, CancellationToken.None))?.View
        ?? throw new ScheduleNotFoundException($"Schedule '{key.Id}' has no backfill '{id}'.");

    private void Moved(BackfillView view)
    {
        ScheduleLog.BackfillMoved(logger, view.Id, key.ToString(), view.State.Name());
        mayBeFilling = true;
        nextFill = null;
        WorkSoon();
    }

    private async Task FillAsync()
    {
        DateTimeOffset now = Now();
        if (!mayBeFilling || nextFill > now) return;
        nextFill = null;
        IReadOnlyList<BackfillRecord> open = await store.Schedules.Backfills.ReadOpenAsync(key, CancellationToken.None);
        mayBeFilling = open.Count > 0;
        foreach (BackfillRecord running in open.Where(b => b.View.State == BackfillState.Running))
        {
            BackfillRecord? on = running.NextAt > now ? running : await StepAsync(running, now);
            if (on is null || on.View.State != BackfillState.Running) continue;
            if (nextFill is null || on.NextAt < nextFill) nextFill = on.NextAt;
        }
    }

    /// <summary>Null when the schedule or the backfill was changed by somebody else meanwhile.</summary>
    private async Task<BackfillRecord?> StepAsync(BackfillRecord backfill, DateTimeOffset now)
    {
        BackfillPace pace = BackfillPace.Of(backfill.View.Request.PerMinute);
        IReadOnlyList<DateTimeOffset> instants = BackfillRules.Instants(times, backfill.View.Request, backfill.DoneUntil, pace.Batch);
        FireView[] fires = [.. instants.Select(i => FillOf(i, backfill.View.Id, now))];
        IReadOnlyList<bool> added = await store.Schedules.Fires.AddAsync(key, schedule!.Revision, fires, CancellationToken.None);
        if (!added.Contains(true) && (await store.Schedules.GetAsync(key, CancellationToken.None))?.Revision != schedule.Revision)
        {
            stale = true;
            return null;
        }

        await SubmitAsync([.. fires.Where((_, i) => added[i])], []);
        bool over = instants.Count < pace.Batch || backfill.View.Handled + instants.Count >= backfill.View.Total;
        BackfillRecord on = backfill with
        {
            DoneUntil = instants.Count > 0 ? instants[^1] : backfill.DoneUntil,
            NextAt = now + pace.Pause,
            View = backfill.View with { Handled = backfill.View.Handled + instants.Count, State = over ? BackfillState.Completed : BackfillState.Running, UpdatedAt = now },
        };
        if (!await store.Schedules.Backfills.AdvanceAsync(on, backfill.DoneUntil, CancellationToken.None)) return null;
        if (over) ScheduleLog.BackfillMoved(logger, on.View.Id, key.ToString(), on.View.State.Name());
        return on;
    }

    private FireView FillOf(DateTimeOffset instant, Guid backfill, DateTimeOffset now) => new()
    {
        Instant = instant, Kind = FireKind.Backfill, State = FireState.Pending, Job = JobId.New(time), RunAt = now, DecidedAt = now, Backfill = backfill,
    };
}
