using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Peers;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>Many trivial jobs, enqueued in batches and run to the last stored end: the throughput of the whole way.</summary>
public sealed class PipelineScenario : IScenario
{
    private const int Jobs = 50_000;
    private const int Rounds = 5;

    public string Name => "pipeline";
    public bool Large => false;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        await run.PeersAsync(PeerCatalog.Pipeline, cancel);
        foreach (string provider in BenchDatabase.Providers)
        {
            var plan = new EnginePlan(Name, provider, "batches of 500, default settings", Jobs: run.Options.Jobs(Jobs), Rounds: Rounds);
            await run.MeasureAsync($"Ratchet on {BenchDatabase.TitleOf(provider)}", () => RunContext.EngineAsync(plan, null, cancel));
        }
    }
}
