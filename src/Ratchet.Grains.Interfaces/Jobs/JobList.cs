using Ratchet.Lists;
using Ratchet.Workers;

namespace Ratchet.Jobs;

/// <summary>What lists of jobs can be filtered and sorted by.</summary>
public enum JobField
{
    Id,
    Task,
    Version,
    Queue,
    Priority,
    State,
    Attempts,
    MaxAttempts,
    LostWorkers,
    CreatedAt,
    DueAt,
    StartedAt,
    FinishedAt,
    Deadline,
    Node,
    IdempotencyKey,
    FairnessKey,
    ConcurrencyKey,
    RateKey,
    UniqueKey,
    FailureKind,
    FailureName,
}

public static class JobList
{
    /// <summary>Newest first, unless asked otherwise: ids ascend with time.</summary>
    public static ListSchema<JobField, JobView> Schema { get; } = new("jobs", JobField.Id, new ListSort<JobField>(JobField.Id, Descending: true),
    [
        new(JobField.Id, "id", FieldKind.Id, job => FieldValue.Of(job.Id.Value)),
        new(JobField.Task, "task", FieldKind.Text, job => FieldValue.Of(job.Task)),
        new(JobField.Version, "version", FieldKind.Text, job => FieldValue.Of(job.TaskVersion)),
        new(JobField.Queue, "queue", FieldKind.Text, job => FieldValue.Of(job.Queue)),
        new(JobField.Priority, "priority", FieldKind.Level, job => FieldValue.Of((long)job.Priority)) { Words = Priorities },
        new(JobField.State, "state", FieldKind.Word, job => FieldValue.Of(job.State.Name())) { Words = States },
        new(JobField.Attempts, "attempts", FieldKind.Number, job => FieldValue.Of((long)job.Attempts)),
        new(JobField.MaxAttempts, "maxAttempts", FieldKind.Number, job => FieldValue.Of((long)job.MaxAttempts)),
        new(JobField.LostWorkers, "lostWorkers", FieldKind.Number, job => FieldValue.Of((long)job.LostWorkers)),
        new(JobField.CreatedAt, "createdAt", FieldKind.Instant, job => FieldValue.Of(job.CreatedAt)),
        new(JobField.DueAt, "dueAt", FieldKind.Instant, job => FieldValue.OfOrNull(job.DueAt)) { Optional = true },
        new(JobField.StartedAt, "startedAt", FieldKind.Instant, job => FieldValue.OfOrNull(job.StartedAt)) { Optional = true },
        new(JobField.FinishedAt, "finishedAt", FieldKind.Instant, job => FieldValue.OfOrNull(job.FinishedAt)) { Optional = true },
        new(JobField.Deadline, "deadline", FieldKind.Instant, job => FieldValue.OfOrNull(job.Deadline)) { Optional = true },
        new(JobField.Node, "node", FieldKind.Text, job => NodeOf(job.Node)) { Optional = true },
        new(JobField.IdempotencyKey, "idempotencyKey", FieldKind.Text, job => FieldValue.OfOrNull(job.IdempotencyKey)) { Optional = true },
        new(JobField.FairnessKey, "fairnessKey", FieldKind.Text, job => FieldValue.OfOrNull(job.FairnessKey)) { Optional = true },
        new(JobField.ConcurrencyKey, "concurrencyKey", FieldKind.Text, job => FieldValue.OfOrNull(job.ConcurrencyKey)) { Optional = true },
        new(JobField.RateKey, "rateKey", FieldKind.Text, job => FieldValue.OfOrNull(job.RateKey)) { Optional = true },
        new(JobField.UniqueKey, "uniqueKey", FieldKind.Text, job => FieldValue.OfOrNull(job.UniqueKey)) { Optional = true },
        new(JobField.FailureKind, "failureKind", FieldKind.Word, job => FieldValue.OfOrNull(job.Failure?.Kind.ToString())) { Words = FailureKinds, Path = "failure.kind", Optional = true },
        new(JobField.FailureName, "failureName", FieldKind.Text, job => FieldValue.OfOrNull(job.Failure?.Name)) { Path = "failure.name", Optional = true },
    ]);

    internal static IReadOnlyList<(string, FieldValue)> States => [.. JobStates.All.Select(s => (s.Name(), FieldValue.Of(s.Name())))];

    internal static IReadOnlyList<(string, FieldValue)> FailureKinds => [.. Enum.GetNames<FailureKind>().Select(k => (k, FieldValue.Of(k)))];

    private static IReadOnlyList<(string, FieldValue)> Priorities =>
        [.. Enum.GetValues<JobPriority>().Select(p => (p.Name(), FieldValue.Of((long)p))), ("CRITICAL", FieldValue.Of((long)JobPriority.Urgent))];

    /// <summary>People know a node by its name; the row knows which of its starts it was.</summary>
    internal static FieldValue? NodeOf(string? incarnation) => incarnation is null ? null : FieldValue.Of(NodeIncarnation.NameOf(incarnation));
}
