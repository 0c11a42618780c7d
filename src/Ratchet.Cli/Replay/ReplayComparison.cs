using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Cli.Replay;

/// <summary>How a replayed execution differs from the recorded one. Times and logs may differ; stacks too, for they change with the code.</summary>
internal static class ReplayComparison
{
    public static IEnumerable<string> Differences(Recording recording, RunOutcome outcome, ReplayFetchBroker broker)
    {
        // What a task does after it left the recording says nothing, so this comes first.
        if (broker.Divergence is { } divergence) yield return divergence;
        foreach (string line in Results(recording, outcome)) yield return line;
        if (broker.Divergence is not null) yield break;
        foreach (FetchRequest request in broker.Unused) yield return $"the recorded call {request.Method} {request.Url} was not made";
    }

    private static IEnumerable<string> Results(Recording recording, RunOutcome outcome) => (recording.Output, outcome.Failure) switch
    {
        ({ } expected, null) => JsonDiff.Lines(expected, JsonElement.Parse(outcome.Output!)),
        ({ }, { } failure) => [$"the recorded execution completed, this one failed with {Show(failure)}"],
        (null, null) => [$"the recorded execution failed with {Show(recording.Failure)}, this one completed"],
        (null, { } failure) => Same(recording.Failure, failure)
            ? []
            : [$"the recorded execution failed with {Show(recording.Failure)}, this one with {Show(failure)}"],
    };

    private static bool Same(Failure? recorded, Failure failure) =>
        (recorded?.Kind, recorded?.Name, recorded?.Message) == (failure.Kind, failure.Name, failure.Message);

    private static string Show(Failure? failure) => failure is null ? "nothing that was recorded" : $"{failure.Name}: {failure.Message}";
}
