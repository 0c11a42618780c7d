using System.Diagnostics.Metrics;

namespace Ratchet.Execution.Sandboxes;

/// <summary>The meter of a node's sandbox processes.</summary>
public sealed class SandboxMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Sandbox";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> starts;
    private readonly Counter<long> deaths;
    private readonly Counter<long> runs;
    private readonly Histogram<double> seconds;
    private readonly Histogram<double> startSeconds;

    public SandboxMetrics()
    {
        starts = meter.CreateCounter<long>("ratchet.sandbox.starts", "{process}", "Sandbox processes started.");
        deaths = meter.CreateCounter<long>("ratchet.sandbox.deaths", "{process}", "Sandbox processes that ended, by cause.");
        runs = meter.CreateCounter<long>("ratchet.sandbox.runs", "{run}", "Runs that ended, by outcome.");
        startSeconds = meter.CreateHistogram<double>("ratchet.sandbox.start.duration", "s", "Time from a process's start until it could take work.");
        seconds = meter.CreateHistogram<double>("ratchet.sandbox.run.duration", "s", "Time from a run's start to its end.");
    }

    internal void Started() => starts.Add(1);

    /// <summary>Has the processes that wait for a task, and those that serve one, counted when somebody asks.</summary>
    internal void Observe(Func<int> spares, Func<int> serving)
    {
        meter.CreateObservableUpDownCounter("ratchet.sandbox.spares", spares, "{process}", "Started processes that wait for a task.");
        meter.CreateObservableUpDownCounter("ratchet.sandbox.serving", serving, "{process}", "Processes that serve a task.");
    }

    internal void Ready(TimeSpan start) => startSeconds.Record(start.TotalSeconds);

    internal void Died(string cause) => deaths.Add(1, new KeyValuePair<string, object?>("cause", cause));

    internal void Ended(RunOutcome outcome)
    {
        if (runs.Enabled) runs.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Failure is { } failure ? failure.Kind.ToString() : "Completed"));
        if (seconds.Enabled) seconds.Record((outcome.FinishedAt - outcome.StartedAt).TotalSeconds);
    }

    public void Dispose() => meter.Dispose();
}
