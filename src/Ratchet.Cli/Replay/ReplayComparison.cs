using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Cli.Replay;

/// <summary>How a replayed execution differs from the recorded one. How long it took may differ, and logs; stacks too, for they change with the code.</summary>
internal static class ReplayComparison
{
    public static IEnumerable<string> Differences(Recording recording, RunOutcome outcome, ReplayFetchBroker broker)
    {
        // What a task does after it left the recording says nothing, so the first place where it did comes first.
        string? divergence = First(outcome.Divergence, broker);
        if (divergence is not null) yield return divergence;
        foreach (string line in Results(recording, outcome)) yield return line;
        if (divergence is not null || !recording.Complete) yield break;
        foreach (FetchRequest request in broker.Unused) yield return $"the recorded call {request.Method} {request.Url} was not made";
    }

    /// <summary>The broker sees what calls ask for, the process when they are made; both may see a difference, and the earlier one is the cause.</summary>
    private static string? First(ReplayDivergence? process, ReplayFetchBroker broker)
    {
        if (broker.Divergence is null || (process is not null && process.CallsBefore < broker.DivergedAt)) return process?.Text;
        return broker.Divergence;
    }

    private static IEnumerable<string> Results(Recording recording, RunOutcome outcome) => (recording.Output, outcome.Failure) switch
    {
        ({ } expected, null) => JsonDiff.Lines(expected, JsonElement.Parse(outcome.Output!)),
        ({ }, { } failure) => [$"the recorded execution completed, this one failed with {Show(failure)}"],
        (null, null) => [$"the recorded execution failed with {Show(recording.Failure)}, this one completed"],
        (null, { } failure) => Same(recording, recording.Failure, failure, outcome)
            ? []
            : [$"the recorded execution failed with {Show(recording.Failure)}, this one with {Show(failure)}"],
    };

    private static bool Same(Recording recording, Failure? recorded, Failure failure, RunOutcome outcome) =>
        (outcome.RecordingEnded && recording.WasStopped)
        // Stopped by the clock and not where the recording says: a replay has another timeout, which the message names.
        || (recording.Trace is null && recorded?.Kind == FailureKind.Timeout && failure.Kind == FailureKind.Timeout)
        || (recorded?.Kind, recorded?.Name, recorded?.Message) == (failure.Kind, failure.Name, failure.Message);

    private static string Show(Failure? failure) => failure is null ? "nothing that was recorded" : $"{failure.Name}: {failure.Message}";
}
