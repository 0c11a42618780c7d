using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Engine;

/// <summary>Jobs a second while about the same number stays queued: as many are submitted as complete.</summary>
public sealed class DepthBench(BenchSilo silo, EnginePlan plan)
{
    /// <summary>Between counts of a deep queue; a count of a million rows takes about a quarter of a second of CPU.</summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    /// <summary>Parts in which a deep queue's new jobs come, so that they come evenly.</summary>
    private const int Parts = 10;

    /// <summary>A queue's grain knows how many it holds up to this many, and says so for nothing.</summary>
    private const int HeldInMemory = 5_000;

    private readonly int depth = plan.Kept![0];

    public async Task<Figure> RunAsync()
    {
        await KeepAsync(plan.Seconds / 3);
        long before = await silo.CompletedAsync();
        long start = TimeProvider.System.GetTimestamp();
        await KeepAsync(plan.Seconds);
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        long completed = await silo.CompletedAsync() - before;
        return EngineFigures.Of(plan) with { Jobs = (int)completed, TotalSeconds = took.TotalSeconds, Kept = depth, KeptAfter = await silo.QueuedAsync() };
    }

    private Task KeepAsync(double seconds)
    {
        long start = TimeProvider.System.GetTimestamp();
        bool Goes() => TimeProvider.System.GetElapsedTime(start).TotalSeconds < seconds;
        return depth <= HeldInMemory ? Task.WhenAll(Enumerable.Range(0, plan.Submitters).Select(_ => FillUpAsync(Goes))) : FollowAsync(Goes);
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
        long pace = 0;
        for (int part = 1; goes(); part++)
        {
            await timer.WaitForNextTickAsync();
            if (part % Parts == 0)
            {
                long now = await silo.CompletedAsync();
                (pace, before) = (now - before, now);
            }

            if (pace > 0) await silo.SubmitAsync((int)(pace / Parts), plan.Batch, plan.Submitters);
        }
    }
}
