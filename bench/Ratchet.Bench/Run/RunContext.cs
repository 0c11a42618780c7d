using Ratchet.Bench.Databases;
using Ratchet.Bench.Engine;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Peers;
using Ratchet.Bench.Processes;

namespace Ratchet.Bench.Run;

/// <summary>What a run has measured so far, and what it could not.</summary>
public sealed class RunContext(RunOptions options, CancellationToken stop)
{
    private static readonly string[] EngineProgram = ["dotnet", Checkout.Built("Ratchet.Bench", "Ratchet.Bench.dll"), "engine"];

    /// <summary>A million jobs are written, run and kept in one measurement.</summary>
    private static readonly TimeSpan EnginePatience = TimeSpan.FromMinutes(40);

    private readonly List<Figure> figures = [];
    private readonly List<string> failures = [];

    public RunOptions Options => options;
    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>A line each; the report shows them, for a missing row must not pass for one that was not asked for.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>One measurement; that it fails does not hold up the others.</summary>
    public async Task MeasureAsync(string what, Func<Task<IReadOnlyList<Figure>>> measurement)
    {
        stop.ThrowIfCancellationRequested();
        Progress.Note($"  {what} ...");
        try
        {
            figures.AddRange(await measurement());
        }
        catch (Exception e) when (e is RatchetException or HttpRequestException or Npgsql.NpgsqlException or IOException)
        {
            // A run that is interrupted takes its servers away while the measurement ends; that is no failure of its own.
            stop.ThrowIfCancellationRequested();
            Progress.Note($"  {what} failed: {e.Message}");
            failures.Add($"{what}: {e.Message.Split('\n')[0].Trim()}");
        }
    }

    /// <summary>A measurement inside a silo, in a process of its own.</summary>
    public static Task<IReadOnlyList<Figure>> EngineAsync(EnginePlan plan, BenchDatabase? shared, CancellationToken cancel) =>
        MeasuringProcess.RunAsync(EngineProgram, plan with { Shared = shared is not null }, shared?.Environment ?? [], EnginePatience, cancel);

    /// <summary>The same on several databases at once, which others use before and after.</summary>
    public static Task<IReadOnlyList<Figure>> EngineOnAllAsync(EnginePlan plan, IReadOnlyList<BenchDatabase> databases, CancellationToken cancel) =>
        MeasuringProcess.RunAsync(EngineProgram, plan, SharedDatabases.Environment(databases), EnginePatience, cancel);

    /// <summary>The peers' part of a scenario, each peer on an empty database.</summary>
    public async Task PeersAsync(IEnumerable<PeerRun> runs, CancellationToken cancel)
    {
        foreach (PeerRun peer in runs.Where(peer => options.Peers is null || options.Peers.Contains(peer.Name, StringComparer.OrdinalIgnoreCase)))
        {
            PeerRun scaled = peer with { Jobs = Math.Min(peer.Jobs, Math.Max(PeerRun.Fewest, options.Jobs(peer.Jobs))) };
            await MeasureAsync($"{peer.Name}, {peer.Setting}", () => PeerProcess.RunAsync(scaled, cancel));
        }
    }
}
