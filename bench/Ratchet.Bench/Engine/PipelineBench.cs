using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;

namespace Ratchet.Bench.Engine;

/// <summary>Submit in batches, run each job in V8 in a sandbox process, result durable: the whole way, in one silo, as users run it.</summary>
/// <param name="database">Process id of the database server, if there is one.</param>
public sealed class PipelineBench(BenchSilo silo, int? database)
{
    private readonly CpuMeter cpu = new(database);

    /// <summary>One round; all of its jobs have ended when this returns.</summary>
    /// <param name="keys">See <see cref="BenchSilo.SubmitAsync"/>.</param>
    public async Task<Figure> RunAsync(EnginePlan plan, int round, int keys = 0)
    {
        long before = await silo.CompletedAsync();
        cpu.Restart();
        long start = TimeProvider.System.GetTimestamp();
        await silo.SubmitAsync(plan.Jobs, plan.Batch, plan.Submitters, keys: keys);
        TimeSpan submitted = TimeProvider.System.GetElapsedTime(start);
        // The queue is told of an end after its commit.
        await silo.UntilIdleAsync();
        TimeSpan total = TimeProvider.System.GetElapsedTime(start);
        CpuUse used = cpu.Used();
        long completed = await silo.CompletedAsync() - before;
        if (completed != plan.Jobs) throw new RatchetException($"{completed} of {plan.Jobs} jobs are COMPLETED.");
        return EngineFigures.Of(plan) with
        {
            Round = round,
            Jobs = plan.Jobs,
            SubmitSeconds = submitted.TotalSeconds,
            TotalSeconds = total.TotalSeconds,
            Cpu = used,
            Kept = before,
        };
    }
}
