using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>A million queued jobs against a thousand: start of the server, its memory, and jobs a second while the number queued stays about the same.</summary>
public sealed class BacklogScenario : IScenario
{
    private static readonly int[] Depths = [1_000, 1_000_000];

    /// <summary>The server works off the backlog for so long before its peak of memory is read.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    private const double Seconds = 30;

    public string Name => "backlog";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
        {
            foreach (int depth in Depths.Select(run.Options.Jobs))
                await run.MeasureAsync($"{depth:#,0} queued on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, depth, cancel));
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, int depth, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        var plan = new EnginePlan(Name, provider, Kept: [depth], Seconds: Seconds);
        await RunContext.EngineAsync(plan with { Scenario = "fill", Jobs = depth, Batch = 1_000 }, database, cancel);
        IReadOnlyList<Figure> throughput = await RunContext.EngineAsync(plan, database, cancel);
        Figure figure = throughput.Single();
        // The depth was kept, so the server finds the same backlog as the silo before it.
        return [figure with { Server = await ServeAsync(database, cancel) }];
    }

    private static async Task<ServerLoad> ServeAsync(BenchDatabase database, CancellationToken cancel)
    {
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        double resident = ProcMemory.Read(server.ProcessId).Resident;
        await Task.Delay(Watched, TimeProvider.System, cancel);
        return new ServerLoad(server.Start.TotalSeconds, resident, ProcMemory.Read(server.ProcessId).Peak);
    }
}
