using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Cli.Replay;

/// <param name="Differences">None when it ended as the recorded one did, by the same calls.</param>
internal sealed record ReplayResult(RunOutcome Outcome, IReadOnlyList<string> Differences);

/// <summary>Has recorded executions again, offline.</summary>
internal static class Replayer
{
    public static async Task<ReplayResult> RunAsync(ISandboxPool pool, TaskPackage package, Recording recording, CancellationToken cancel)
    {
        ReplayFetchBroker broker = new(recording.Exchanges);
        RunOutcome outcome = await pool.RunAsync(LocalRun.Again(package, recording, broker), cancel);
        cancel.ThrowIfCancellationRequested();
        return new ReplayResult(outcome, [.. ReplayComparison.Differences(recording, outcome, broker)]);
    }

    /// <summary>Why a replay may differ through no fault of the code; none when there is no such reason.</summary>
    public static IEnumerable<string> Doubts(Recording recording)
    {
        if (!recording.Complete) yield return "note: the recording is not complete: its process ended under it, or there was more than is kept.";
        else if (recording.Trace is null) yield return "note: the recording does not say what the time was and which random numbers were drawn; they are new ones.";
        if (recording.Trace is { ContextRun: > 1 and var number })
            yield return $"note: the recorded execution was number {number} in its context; what those before it left in variables outside the function is not in the recording (execution.context \"fresh\" leaves nothing).";
    }
}
