using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Bench.Sandbox;

/// <summary>A process ends under its task: how long until the task runs again, in another one.</summary>
internal static class ReplacementFigures
{
    private const int Rounds = 21;

    public static async Task PrintAsync(SandboxOptions options)
    {
        using var broker = new HttpFetchBroker(new FetchOptions(), TimeProvider.System);
        await using var pool = new SandboxPool(options with { Processes = 1, MaxProcesses = 1, Spares = 1 }, broker, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        await pool.StartAsync(CancellationToken.None);
        double[] times = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            await pool.RunAsync(PoolFigures.Request(Ratchet.Tasks.ContextMode.Warm), CancellationToken.None);
            // With the spare ready, as it is unless processes end faster than they start.
            while (pool.Spares == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            int victim = pool.ServingProcesses[0];
            using (Process process = Process.GetProcessById(victim)) process.Kill();
            long killed = Stopwatch.GetTimestamp();
            await pool.RunAsync(PoolFigures.Request(Ratchet.Tasks.ContextMode.Warm), CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"crash to next run's end          {times[Rounds / 2],8:0} ms median, {times[^1],8:0} ms worst of {Rounds} (the spare loads the task)");
    }
}
