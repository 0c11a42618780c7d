using System.Runtime.InteropServices;
using Ratchet.Bench.Report;
using Ratchet.Bench.Scenarios;

namespace Ratchet.Bench.Run;

/// <summary><c>run</c>: the scenarios one after another, then the report. A failed measurement makes the exit code 1, and leaves the report there.</summary>
public static class RunCommand
{
    private static readonly IReadOnlyList<IScenario> Scenarios =
        [new PipelineScenario(), new SubmitScenario(), new LatencyScenario(), new BacklogScenario(), new ScheduledScenario(), new GrowthScenario(), new LimitsScenario(),
            new FrontScenario(), new SubscribersScenario()];

    public static async Task<int> RunAsync(string[] args)
    {
        RunOptions options = RunOptions.Parse(args);
        IReadOnlyList<IScenario> chosen = Choose(options);
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration term = Registration(PosixSignal.SIGTERM, stop);
        using PosixSignalRegistration interrupt = Registration(PosixSignal.SIGINT, stop);
        using PosixSignalRegistration hangUp = Registration(PosixSignal.SIGHUP, stop);
        var run = new RunContext(options, stop.Token);
        Machine machine = await Machine.ReadAsync(stop.Token);
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            foreach (IScenario scenario in chosen)
            {
                Progress.Note($"{scenario.Name}:");
                await scenario.RunAsync(run, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Progress.Note("Interrupted: no report.");
            return 130;
        }

        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        string report = ReportBuilder.Build(new ReportInput(machine, options, [.. chosen.Select(s => s.Name)], run.Figures, run.Failures, took));
        Directory.CreateDirectory(options.Folder);
        string file = Path.Combine(options.Folder, ReportName.Of(machine, options));
        await File.WriteAllTextAsync(file, report, CancellationToken.None);
        Console.Write(report);
        Progress.Note($"Written to {Path.GetRelativePath(Checkout.Root, file)}.");
        return run.Failures.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<IScenario> Choose(RunOptions options)
    {
        string[] unknown = [.. options.Only.Except(Scenarios.Select(s => s.Name), StringComparer.OrdinalIgnoreCase)];
        if (unknown.Length > 0) throw new RatchetException($"'{unknown[0]}' is not a scenario; there are {string.Join(", ", Scenarios.Select(s => s.Name))}.");
        string[] strangers = [.. (options.Peers ?? []).Except(Peers.PeerCatalog.Names, StringComparer.OrdinalIgnoreCase)];
        if (strangers.Length > 0) throw new RatchetException($"'{strangers[0]}' is not a peer; there are {string.Join(", ", Peers.PeerCatalog.Names)}.");
        return [.. Scenarios.Where(s => options.Only.Count > 0 ? options.Only.Contains(s.Name, StringComparer.OrdinalIgnoreCase) : options.Large || !s.Large)];
    }

    /// <summary>The children are ended in order, and their databases with them.</summary>
    private static PosixSignalRegistration Registration(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
