using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Peers;

/// <summary>Runs a peer's program.</summary>
public static class PeerProcess
{
    /// <summary>Twice what the slowest setting takes on a slow machine. A peer that loses a job would otherwise be waited for until the run is over its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    public static async Task<IReadOnlyList<Figure>> RunAsync(PeerRun peer, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(BenchDatabase.Postgres);
        var environment = new Dictionary<string, string?>
        {
            ["RATCHET_BENCH_URL"] = PostgresServer.UrlOf(database.Name),
            ["RATCHET_BENCH_CONNECTION"] = PostgresServer.ConnectionStringOf(database.Name),
        };
        IReadOnlyList<Figure> figures = await MeasuringProcess.RunAsync(Command(peer.Name), peer, environment, Patience, cancel);
        if (figures.Count == 0) throw new RatchetException("it printed no figures.");
        return [.. figures.Select(figure => figure with { Store = peer.Store })];
    }

    private static string[] Command(string name) => name == PeerCatalog.Hangfire
        ? ["dotnet", Checkout.Built("Ratchet.Bench.Hangfire", "Ratchet.Bench.Hangfire.dll")]
        : ["node", Path.Combine(Checkout.Peers, $"{name}.mjs")];
}
