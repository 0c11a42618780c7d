using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>The pipeline, and in turns with it the same with a concurrency limit on each of 100,000 keys.</summary>
public sealed class LimitsScenario : IScenario
{
    private const int Keys = 100_000;
    private const int Rounds = 4;

    public string Name => "limits";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
        {
            var plan = new EnginePlan(Name, provider, Jobs: run.Options.Jobs(Keys), Rounds: Rounds, Keys: run.Options.Jobs(Keys));
            await run.MeasureAsync($"Ratchet on {BenchDatabase.TitleOf(provider)}", () => RunContext.EngineAsync(plan, null, cancel));
        }
    }
}
