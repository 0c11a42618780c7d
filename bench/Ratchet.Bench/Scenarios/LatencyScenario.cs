using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Peers;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>One job at a time on an idle system, with pauses: how long a lone user waits for the result, over HTTP.</summary>
public sealed class LatencyScenario : IScenario
{
    private const int Samples = 300;

    /// <summary>Run first and not counted: the code is compiled then.</summary>
    private const int WarmUp = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Name => "latency";
    public bool Large => false;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        await run.PeersAsync(PeerCatalog.Latency, cancel);
        foreach (string provider in BenchDatabase.Providers)
            await run.MeasureAsync($"Ratchet over HTTP on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, cancel));
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        using var client = new HttpJobs(server.Address, connections: 1);
        var samples = new List<double>();
        for (int i = 0; i < WarmUp + Samples; i++)
        {
            await Task.Delay(Pause, TimeProvider.System, cancel);
            long start = TimeProvider.System.GetTimestamp();
            await client.RunAsync(cancel);
            if (i >= WarmUp) samples.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        var figure = new Figure { System = "Ratchet", Scenario = Name, Setting = "HTTP, Prefer: wait", Store = database.Title, Jobs = Samples };
        return [figure with { Milliseconds = samples, Until = "result" }];
    }
}
