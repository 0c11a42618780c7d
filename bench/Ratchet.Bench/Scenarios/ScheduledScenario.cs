using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>A million jobs for tomorrow against none: what an idle server costs, in transactions and CPU.</summary>
public sealed class ScheduledScenario : IScenario
{
    private static readonly int[] Numbers = [0, 1_000_000];

    /// <summary>After the start, so that what belongs to starting is over; connections that fall idle report their counts after ten seconds.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public string Name => "scheduled";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
        {
            foreach (int jobs in Numbers.Select(n => n == 0 ? 0 : run.Options.Jobs(n)))
                await run.MeasureAsync($"{jobs:#,0} scheduled on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, jobs, cancel));
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, int jobs, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        if (jobs > 0) await RunContext.EngineAsync(new EnginePlan("schedule", provider, Jobs: jobs), database, cancel);
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        await Task.Delay(Settle, TimeProvider.System, cancel);
        (ProcessTree cpu, long? transactions) = await ReadAsync(server, database);
        await Task.Delay(Watched, TimeProvider.System, cancel);
        (ProcessTree cpuAfter, long? transactionsAfter) = await ReadAsync(server, database);
        var load = new ServerLoad(
            server.Start.TotalSeconds,
            ProcMemory.Read(server.ProcessId).Resident,
            TransactionsPerSecond: (transactionsAfter - transactions) / Watched.TotalSeconds,
            CpuPercent: (cpuAfter.Root - cpu.Root) / Watched * 100,
            SandboxCpuPercent: (cpuAfter.Below - cpu.Below) / Watched * 100);
        return [new Figure { System = "Ratchet", Scenario = Name, Store = database.Title, Kept = jobs, Server = load }];
    }

    /// <summary>SQLite counts no transactions.</summary>
    private static async Task<(ProcessTree Cpu, long? Transactions)> ReadAsync(RatchetServer server, BenchDatabase database) =>
        (ProcessTree.Read(server.ProcessId), database.Provider == BenchDatabase.Postgres ? await PostgresServer.TransactionsAsync(database.Name) : null);
}
