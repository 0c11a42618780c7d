using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>The pipeline while the store keeps 1,000 up to 1,000,000 finished jobs.</summary>
public sealed class GrowthScenario : IScenario
{
    private static readonly int[] Kept = [1_000, 10_000, 100_000, 1_000_000];

    private const int Jobs = 20_000;
    private const int Rounds = 3;

    public string Name => "growth";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
        {
            var plan = new EnginePlan(Name, provider, Jobs: run.Options.Jobs(Jobs), Rounds: Rounds, Kept: [.. Kept.Select(run.Options.Jobs)]);
            await run.MeasureAsync($"Ratchet on {BenchDatabase.TitleOf(provider)}", () => RunContext.EngineAsync(plan, null, cancel));
        }
    }
}
