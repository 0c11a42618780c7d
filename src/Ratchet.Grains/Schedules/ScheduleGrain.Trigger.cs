using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Schedules;

/// <summary>A run that somebody asks for.</summary>
public sealed partial class ScheduleGrain
{
    private const int Tries = 5;

    public async Task<FireView> TriggerAsync(string? idempotencyKey)
    {
        if (idempotencyKey is not null && !EntityName.IsText(idempotencyKey))
            throw new InvalidScheduleException("/idempotencyKey", $"The idempotency key must have 1 to {Limits.NameChars} characters and no control characters.");
        await RequireAsync();
        for (int i = 0; i < Tries; i++)
        {
            if (await UsedAsync(idempotencyKey) is { } used) return used;
            DateTimeOffset now = Now();
            var fire = new FireView
            {
                Instant = OffTheGrid(now), Kind = FireKind.Trigger, State = FireState.Pending, Job = JobId.New(time), RunAt = now, DecidedAt = now, TriggerKey = idempotencyKey,
            };
            if (await store.Schedules.Fires.AddTriggerAsync(key, schedule!.Revision, fire, CancellationToken.None)) return await SubmitTriggerAsync(fire);
            await RequireAsync();
        }

        throw new TimeoutException($"Schedule '{key.Id}' is changed faster than it can be triggered.");
    }

    /// <summary>What the key has led to already; a submit that a crash cut off is done first.</summary>
    private async Task<FireView?> UsedAsync(string? idempotencyKey)
    {
        if (idempotencyKey is null) return null;
        FireView? used = await store.Schedules.Fires.GetTriggerAsync(key, idempotencyKey, CancellationToken.None);
        return used is { State: FireState.Pending } ? await SubmitTriggerAsync(used) : used;
    }

    private async Task<FireView> SubmitTriggerAsync(FireView fire)
    {
        try
        {
            IReadOnlyDictionary<DateTimeOffset, Rejection> refusals = await SubmitAsync([fire], []);
            if (refusals.TryGetValue(fire.Instant, out Rejection? refusal)) throw new ScheduleRefusedException(refusal);
            return openLeft ? fire : fire with { State = FireState.Submitted };
        }
        finally
        {
            // What could not be done is done from the row.
            if (openLeft) WorkSoon();
        }
    }

    /// <summary>Timings have whole milliseconds, so an instant with a part of one is nobody else's.</summary>
    private static DateTimeOffset OffTheGrid(DateTimeOffset now) =>
        now.Ticks % TimeSpan.TicksPerMillisecond == 0 ? now.AddTicks(TimeSpan.TicksPerMicrosecond) : now;
}
