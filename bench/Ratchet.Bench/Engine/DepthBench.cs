using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

/// <summary>Jobs a second while about the same number stays queued: as many are submitted as complete.</summary>
public sealed class DepthBench(BenchSilo silo, EnginePlan plan)
{
    /// <summary>A queue's grain knows how many it holds up to this many, and says so for nothing; of a deeper queue rows are counted.</summary>
    private const int HeldInMemory = 5_000;

    /// <summary>Parts in which a deep queue's new jobs come between two counts, so that they come evenly.</summary>
    private const int Parts = 10;

    private readonly int depth = plan.Kept![0];

    private bool Deep => depth > HeldInMemory;

    /// <summary>Between two counts. A count costs the more the deeper the queue is, and is the less urgent: five seconds for a million.</summary>
    private TimeSpan CountEvery => TimeSpan.FromSeconds(Math.Clamp(depth / 200_000.0, 0.2, 5));

    /// <exception cref="RatchetException">The queue ran low meanwhile: then the figure would be of the submits, not of the depth.</exception>
    public async Task<Figure> RunAsync()
    {
        await KeepAsync(plan.Seconds / 3);
        long before = await silo.CompletedAsync();
        long start = TimeProvider.System.GetTimestamp();
        await KeepAsync(plan.Seconds);
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        (long queued, long completed) = await silo.CountAsync();
        if (Deep && queued < depth / 2) throw new RatchetException($"only {queued:#,0} of {depth:#,0} jobs were still queued at the end.");
        return EngineFigures.Of(plan) with { Jobs = (int)(completed - before), TotalSeconds = took.TotalSeconds, Kept = depth, KeptAfter = Deep ? queued : null };
    }

    private Task KeepAsync(double seconds)
    {
        long start = TimeProvider.System.GetTimestamp();
        bool Goes() => TimeProvider.System.GetElapsedTime(start).TotalSeconds < seconds;
        return Deep ? FollowAsync(Goes) : Task.WhenAll(Enumerable.Range(0, plan.Submitters).Select(_ => FillUpAsync(Goes)));
    }

    private async Task FillUpAsync(Func<bool> goes)
    {
        int batch = Math.Max(1, Math.Min(plan.Batch, depth / plan.Submitters));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        while (goes())
        {
            if (await silo.HeldAsync() <= depth - batch) await silo.SubmitAsync(batch, batch, 1);
            else await timer.WaitForNextTickAsync();
        }
    }

    private async Task FollowAsync(Func<bool> goes)
    {
        using var timer = new PeriodicTimer(CountEvery / Parts, TimeProvider.System);
        long before = await silo.CompletedAsync();
        for (int part = 0, pace = 0; goes(); part++)
        {
            await timer.WaitForNextTickAsync();
            if (part % Parts == 0)
            {
                (long queued, long completed) = await silo.CountAsync();
                // As many as have completed, and half of what is missing: all of it at once would be a burst.
                pace = (int)Math.Max(0, completed - before + (depth - queued) / 2);
                before = completed;
            }

            if (pace >= Parts) await silo.SubmitAsync(pace / Parts, plan.Batch, plan.Submitters);
        }
    }
}
