using Ratchet.Bench.Figures;
using Ratchet.Queues;

namespace Ratchet.Bench.Engine;

/// <summary>
/// Jobs a second while a number of jobs stays queued: as many are submitted as complete. Each depth has a database and a silo of its own, and they take turns, one working
/// while the queues of the others are paused: what the machine does meanwhile befalls all of them.
/// </summary>
public sealed class DepthBench(EnginePlan plan, IReadOnlyList<IReadOnlyDictionary<string, string?>> databases)
{
    private readonly List<Depth> depths = [];

    public async Task RunAsync(Action<Figure> emit)
    {
        using var ends = new EndCounter();
        try
        {
            foreach ((int kept, IReadOnlyDictionary<string, string?> database) in plan.Kept!.Zip(databases)) depths.Add(await StartAsync(kept, database));
            // Compiles the silos' code and warms their sandboxes.
            foreach (Depth depth in depths) await TurnAsync(depth, ends);
            for (int round = 1; round <= plan.Rounds; round++)
            {
                foreach (Depth depth in depths) emit(await TurnAsync(depth, ends) with { Round = round });
            }
        }
        finally
        {
            foreach (Depth depth in depths) await depth.Silo.DisposeAsync();
        }
    }

    private static async Task<Depth> StartAsync(int kept, IReadOnlyDictionary<string, string?> database)
    {
        BenchSilo silo = await BenchSilo.StartAsync(database);
        await silo.SetModeAsync(WorkMode.Paused);
        return new Depth(kept, silo);
    }

    private async Task<Figure> TurnAsync(Depth depth, EndCounter ends)
    {
        long missing = depth.Kept - (await depth.Silo.CountAsync()).Queued;
        if (missing > 0) await depth.Silo.SubmitAsync((int)missing, plan.Batch, plan.Submitters);
        long before = ends.Count;
        await depth.Silo.SetModeAsync(WorkMode.Active);
        long start = TimeProvider.System.GetTimestamp();
        await KeepAsync(depth, () => ends.Count - before, () => TimeProvider.System.GetElapsedTime(start).TotalSeconds < plan.Seconds);
        (long ended, TimeSpan took) = (ends.Count - before, TimeProvider.System.GetElapsedTime(start));
        await depth.Silo.SetModeAsync(WorkMode.Paused);
        await depth.Silo.UntilNothingRunsAsync();
        long queued = (await depth.Silo.CountAsync()).Queued;
        return EngineFigures.Of(plan) with { Jobs = (int)ended, TotalSeconds = took.TotalSeconds, Kept = depth.Kept, KeptAfter = queued };
    }

    /// <summary>Submits a batch for each that has completed.</summary>
    private async Task KeepAsync(Depth depth, Func<long> ended, Func<bool> goes)
    {
        int batch = Math.Max(1, Math.Min(plan.Batch, plan.Kept!.Min() / plan.Submitters));
        long submitted = 0;
        await Task.WhenAll(Enumerable.Range(0, plan.Submitters).Select(async _ =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            while (goes())
            {
                if (Interlocked.Add(ref submitted, batch) <= ended())
                {
                    await depth.Silo.SubmitAsync(batch, batch, 1);
                    continue;
                }

                Interlocked.Add(ref submitted, -batch);
                await timer.WaitForNextTickAsync();
            }
        }));
    }

    private sealed record Depth(int Kept, BenchSilo Silo);
}
