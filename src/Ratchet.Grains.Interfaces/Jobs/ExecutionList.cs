using Ratchet.Lists;

namespace Ratchet.Jobs;

/// <summary>What lists of executions can be filtered and sorted by.</summary>
public enum ExecutionField
{
    Id,
    Job,
    Task,
    Version,
    Queue,
    Attempt,
    Outcome,
    StartedAt,
    FinishedAt,
    Node,
    FailureKind,
    FailureName,
}

public static class ExecutionList
{
    /// <summary>Those of the newest jobs first, unless asked otherwise.</summary>
    public static ListSchema<ExecutionField, ExecutionView> Schema { get; } = new("executions", ExecutionField.Id, new ListSort<ExecutionField>(ExecutionField.Job, Descending: true),
    [
        new(ExecutionField.Id, "id", FieldKind.Id, run => FieldValue.Of(run.Id)),
        new(ExecutionField.Job, "job", FieldKind.Id, run => FieldValue.Of(run.Job.Value)),
        new(ExecutionField.Task, "task", FieldKind.Text, run => FieldValue.OfOrNull(run.Task)) { Optional = true },
        new(ExecutionField.Version, "version", FieldKind.Text, run => FieldValue.OfOrNull(run.TaskVersion)) { Optional = true },
        new(ExecutionField.Queue, "queue", FieldKind.Text, run => FieldValue.OfOrNull(run.Queue)) { Optional = true },
        new(ExecutionField.Attempt, "attempt", FieldKind.Number, run => FieldValue.Of((long)run.Attempt)),
        new(ExecutionField.Outcome, "outcome", FieldKind.Word, run => FieldValue.Of(run.Outcome)) { Words = [.. ((string[])["COMPLETED", "FAILED", "LOST", "CANCELLED"]).Select(o => (o, FieldValue.Of(o)))] },
        new(ExecutionField.StartedAt, "startedAt", FieldKind.Instant, run => FieldValue.Of(run.StartedAt)),
        new(ExecutionField.FinishedAt, "finishedAt", FieldKind.Instant, run => FieldValue.Of(run.FinishedAt)),
        new(ExecutionField.Node, "node", FieldKind.Text, run => JobList.NodeOf(run.Node)) { Optional = true },
        new(ExecutionField.FailureKind, "failureKind", FieldKind.Word, run => FieldValue.OfOrNull(run.Failure?.Kind.ToString())) { Words = JobList.FailureKinds, Path = "failure.kind", Optional = true },
        new(ExecutionField.FailureName, "failureName", FieldKind.Text, run => FieldValue.OfOrNull(run.Failure?.Name)) { Path = "failure.name", Optional = true },
    ]);
}
