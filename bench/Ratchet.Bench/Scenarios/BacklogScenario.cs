using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>A million queued jobs against a thousand: jobs a second while the number queued stays about the same, then start of the server on it and its memory.</summary>
public sealed class BacklogScenario : IScenario
{
    private static readonly int[] Depths = [1_000, 1_000_000];

    /// <summary>The server works off the backlog for so long before its peak of memory is read.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    private const double Seconds = 10;
    private const int Rounds = 5;

    public string Name => "backlog";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        int[] depths = [.. Depths.Select(run.Options.Jobs)];
        foreach (string provider in BenchDatabase.Providers)
            await run.MeasureAsync($"{string.Join(" and ", depths.Select(depth => $"{depth:#,0}"))} queued on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, depths, cancel));
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, int[] depths, CancellationToken cancel)
    {
        var plan = new EnginePlan(Name, provider, Kept: depths, Seconds: Seconds, Rounds: Rounds);
        var databases = new List<BenchDatabase>();
        try
        {
            foreach (int depth in depths)
            {
                databases.Add(await BenchDatabase.CreateAsync(provider));
                await RunContext.EngineAsync(plan with { Scenario = "fill", Jobs = depth, Batch = 1_000 }, databases[^1], cancel);
                await databases[^1].SettleAsync();
            }

            List<Figure> figures = [.. await RunContext.EngineOnAllAsync(plan, databases, cancel)];
            // The depths were kept, so that a server finds the same backlog.
            for (int i = 0; i < depths.Length; i++)
            {
                ServerLoad load = await ServeAsync(databases[i], cancel);
                int first = figures.FindIndex(figure => figure.Kept == depths[i]);
                figures[first] = figures[first] with { Server = load };
            }

            return figures;
        }
        finally
        {
            foreach (BenchDatabase database in databases) await database.DisposeAsync();
        }
    }

    private static async Task<ServerLoad> ServeAsync(BenchDatabase database, CancellationToken cancel)
    {
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        double resident = ProcMemory.Read(server.ProcessId).Resident;
        await Task.Delay(Watched, TimeProvider.System, cancel);
        return new ServerLoad(server.Start.TotalSeconds, resident, ProcMemory.Read(server.ProcessId).Peak);
    }
}
