using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Peers;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>One job a request over 64 HTTP connections, from this process to the server's. Peers have no HTTP side: theirs are calls of the library.</summary>
public sealed class SubmitScenario : IScenario
{
    private const int Connections = 64;
    private const int Jobs = 10_000;
    private const int Rounds = 4;
    private const string Open = "SCHEDULED,QUEUED,PROCESSING,RETRYING";

    public string Name => "submit";
    public bool Large => false;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        await run.PeersAsync(PeerCatalog.Single, cancel);
        foreach (string provider in BenchDatabase.Providers)
            await run.MeasureAsync($"Ratchet over HTTP on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, run.Options.Jobs(Jobs), cancel));
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, int jobs, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        using var client = new HttpJobs(server.Address, Connections);
        var figures = new List<Figure>();
        for (int round = 1; round <= Rounds; round++)
        {
            figures.Add(await RoundAsync(client, jobs, cancel) with { Round = round, Store = database.Title });
            long completed = await client.CountAsync("COMPLETED", cancel);
            if (completed != (long)jobs * round) throw new RatchetException($"{completed} of {(long)jobs * round} jobs are COMPLETED.");
        }

        return figures;
    }

    private async Task<Figure> RoundAsync(HttpJobs client, int jobs, CancellationToken cancel)
    {
        int left = jobs;
        long start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await client.SubmitAsync(cancel);
        }));
        TimeSpan accepted = TimeProvider.System.GetElapsedTime(start);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (await client.CountAsync(Open, cancel) > 0) await timer.WaitForNextTickAsync(cancel);
        return new Figure
        {
            System = "Ratchet",
            Scenario = Name,
            Setting = $"HTTP, {Connections} connections",
            Jobs = jobs,
            SubmitSeconds = accepted.TotalSeconds,
            TotalSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds,
        };
    }
}
