using System.Text.Json;
using Ratchet.Execution.Nodes;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Recordings;

namespace Ratchet.Execution.Recordings;

/// <summary>Makes what the store keeps of a run that was recorded.</summary>
public static class RecordingPacker
{
    /// <summary>Null when nothing was recorded of it.</summary>
    public static NewRecording? Pack(NodeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run is not { Outcome: { Recorded: { } recorded } outcome, Input: { } input, HandedBack: false }) return null;
        int attempt = run.Job.Attempts + 1;
        byte[] content = RecordingDocument.Pack(new Recording
        {
            Task = run.Job.Task,
            Execution = run.Execution,
            Job = run.Job.Id.Value,
            Attempt = attempt,
            StartedAt = outcome.StartedAt,
            FinishedAt = outcome.FinishedAt,
            Timeout = run.Timeout,
            Input = JsonElement.Parse(input),
            Output = outcome.Output is { } output ? JsonElement.Parse(output) : null,
            Failure = outcome.Failure,
            Log = outcome.Log,
            Exchanges = recorded.Exchanges,
            Trace = recorded.Trace,
            Complete = recorded.Complete,
        });
        string end = outcome.Failure is { } failure ? AttemptEnd.OutcomeOf(failure.Kind) : "COMPLETED";
        return new NewRecording(run.Execution, run.Job.Id, run.Queue.Tenant, outcome.FinishedAt, attempt, run.Job.Task.Name, run.Job.Task.Version, end, content);
    }
}
