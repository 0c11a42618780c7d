using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>The schedule's making, its changes and its end. Each reads the row first: another activation may have changed it.</summary>
public sealed partial class ScheduleGrain
{
    private const string Disabled = "the schedule was disabled";

    public async Task<ScheduleChange> CreateAsync(ScheduleDefinition definition)
    {
        while (true)
        {
            await ReadAsync();
            DateTimeOffset now = Now();
            if (schedule is not null)
            {
                if (ScheduleText.Same(ScheduleRules.Normalize(definition, schedule.Definition, now), schedule.Definition)) return new ScheduleChange(ViewOf(schedule), Made: false);
                throw new ScheduleConflictException($"There is a schedule '{key.Id}' already; update it, or choose another id.");
            }

            ScheduleDefinition wanted = await CheckedAsync(definition, null, now);
            var made = new ScheduleRecord
            {
                Tenant = key.Tenant,
                Definition = wanted,
                // From the clock, so that a schedule that is made again under its old id goes on above its old revisions.
                Revision = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
                DecidedUntil = now,
                NextInstant = wanted.Enabled ? ScheduleTimes.Of(wanted).Next(now) : null,
                CreatedAt = now,
                UpdatedAt = now,
            };
            // Somebody else may have been first; what is there then decides.
            if (!await store.Schedules.AddAsync(made, CancellationToken.None)) continue;
            Adopt(made);
            WorkSoon();
            return new ScheduleChange(ViewOf(made), Made: true);
        }
    }

    public async Task<ScheduleView> UpdateAsync(ScheduleDefinition definition)
    {
        while (true)
        {
            if (await UpdateAsync(await RequireAsync(), definition) is { } changed) return changed;
        }
    }

    public async Task<ScheduleView?> ReviseAsync(ScheduleDefinition definition, long revision)
    {
        ScheduleRecord known = await RequireAsync();
        return known.Revision == revision ? await UpdateAsync(known, definition) : null;
    }

    public async Task<ScheduleView> EnableAsync(bool enabled)
    {
        while (true)
        {
            ScheduleRecord known = await RequireAsync();
            if (known.Definition.Enabled == enabled) return ViewOf(known);
            if (await ReplaceAsync(known, known.Definition with { Enabled = enabled }, fromNow: enabled, Now()) is { } changed) return changed;
        }
    }

    public async Task<bool> DeleteAsync(Precondition? only)
    {
        bool deleted = await store.Schedules.DeleteAsync(key, only, CancellationToken.None);
        Adopt(null);
        await KeepWatchdogAsync();
        DeactivateOnIdle();
        return deleted;
    }

    /// <summary>Null when the row has changed meanwhile.</summary>
    private async Task<ScheduleView?> UpdateAsync(ScheduleRecord known, ScheduleDefinition definition)
    {
        DateTimeOffset now = Now();
        ScheduleDefinition wanted = await CheckedAsync(definition, known.Definition, now);
        if (ScheduleText.Same(wanted, known.Definition)) return ViewOf(known);
        bool retimed = !SameTiming(wanted, known.Definition);
        if (retimed && (await store.Schedules.Backfills.ReadOpenAsync(key, CancellationToken.None)).Count > 0)
            throw new ScheduleConflictException($"Schedule '{key.Id}' has a backfill under way, which goes by its timing; cancel it, or wait for its end.");
        bool fromNow = retimed || (wanted.Enabled && !known.Definition.Enabled);
        return await ReplaceAsync(known, wanted, fromNow, now);
    }

    /// <summary>Null when the row has changed meanwhile.</summary>
    private async Task<ScheduleView?> ReplaceAsync(ScheduleRecord known, ScheduleDefinition wanted, bool fromNow, DateTimeOffset now)
    {
        DateTimeOffset decided = fromNow && now > known.DecidedUntil ? now : known.DecidedUntil;
        ScheduleRecord changed = known with
        {
            Definition = wanted,
            Revision = known.Revision + 1,
            DecidedUntil = decided,
            NextInstant = wanted.Enabled ? ScheduleTimes.Of(wanted).Next(decided) : null,
            UpdatedAt = now,
        };
        if (!await store.Schedules.ReplaceAsync(changed, known.Revision, CancellationToken.None)) return null;
        if (!wanted.Enabled) await store.Schedules.Fires.SkipOlderWaitingAsync(key, DateTimeOffset.MaxValue, Disabled, CancellationToken.None);
        Adopt(changed);
        WorkSoon();
        return ViewOf(changed);
    }

    private async Task<ScheduleRecord> RequireAsync()
    {
        await ReadAsync();
        return schedule ?? throw ScheduleNotFoundException.Of(key.Id);
    }

    /// <summary>The definition as it is stored. One that is stored already is not looked at again: its last instant may have passed, its task may be disabled.</summary>
    /// <exception cref="InvalidScheduleException">All fields that are wrong.</exception>
    /// <exception cref="ScheduleRefusedException">Its jobs would be refused, and nothing else is wrong.</exception>
    private async Task<ScheduleDefinition> CheckedAsync(ScheduleDefinition definition, ScheduleDefinition? stored, DateTimeOffset now)
    {
        var faults = new ScheduleFaults();
        ScheduleRules.Check(definition, faults);
        ScheduleDefinition wanted = faults.None ? ScheduleRules.Whole(definition, stored, now) : definition;
        if (faults.None)
        {
            if (stored is not null && ScheduleText.Same(wanted, stored)) return wanted;
            if (stored is null || !SameTiming(wanted, stored)) faults.Try(() => FirstOf(wanted, now));
            faults.Try(() => ScheduleRules.CheckJitter(wanted, ScheduleTimes.Of(wanted), now));
        }

        await faults.TryJobAsync(() => templates.CheckAsync(key.Tenant, wanted.Job));
        faults.ThrowIfAny();
        return wanted;
    }

    /// <exception cref="InvalidScheduleException">There is none: the timing lies in the past, or names days that do not come.</exception>
    private static DateTimeOffset FirstOf(ScheduleDefinition definition, DateTimeOffset now)
    {
        string pointer = definition.Cron is not null ? "/cron" : definition.At is not null ? "/at" : "/every";
        return ScheduleTimes.Of(definition).Next(now) ?? throw new InvalidScheduleException(pointer, $"{pointer[1..]} gives no instant in the future, within startAt and endAt.");
    }

    private static bool SameTiming(ScheduleDefinition one, ScheduleDefinition other) =>
        (one.Cron, one.TimeZone, one.Every, one.At, one.StartAt, one.EndAt) == (other.Cron, other.TimeZone, other.Every, other.At, other.StartAt, other.EndAt);
}
