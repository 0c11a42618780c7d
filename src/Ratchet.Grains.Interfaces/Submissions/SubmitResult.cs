using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Submissions;

/// <summary>What became of one submission. <see cref="Job"/> is set when it was accepted or exists already; <see cref="Rejection"/> otherwise.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.submit-result")]
public sealed record SubmitResult
{
    /// <summary>The job, committed before this answer was given; its input is left out.</summary>
    [Id(0)] public JobView? Job { get; init; }
    /// <summary>True when an idempotency key led to a job that was there already.</summary>
    [Id(1)] public bool Existing { get; init; }
    [Id(2)] public Rejection? Rejection { get; init; }
}

/// <summary>Why a submission was not accepted.</summary>
/// <param name="Errors">For <see cref="RejectionCode.InvalidInput"/>: where the input does not match the schema.</param>
[GenerateSerializer, Immutable, Alias("ratchet.rejection")]
public sealed record Rejection(
    [property: Id(0)] RejectionCode Code,
    [property: Id(1)] string Message,
    [property: Id(2)] IReadOnlyList<SchemaError> Errors)
{
    /// <summary>For <see cref="RejectionCode.IdempotencyConflict"/>: the job that the key stands for.</summary>
    [Id(3)] public JobId? Holder { get; init; }

    public static Rejection Of(RejectionCode code, string message) => new(code, message, []);
}

public enum RejectionCode
{
    /// <summary>No such task (404).</summary>
    UnknownTask = 0,
    /// <summary>The task has no such version (404).</summary>
    UnknownVersion = 1,
    /// <summary>The task or the version is disabled (409).</summary>
    TaskDisabled = 2,
    /// <summary>The input does not match the schema (422).</summary>
    InvalidInput = 3,
    /// <summary>The input is over the limit (413).</summary>
    InputTooLarge = 4,
    /// <summary>A field is out of its range (422).</summary>
    InvalidField = 5,
    /// <summary>The idempotency key was used with another payload (422).</summary>
    IdempotencyConflict = 6,
    /// <summary>Another job holds the unique key (409); the result's job is that one.</summary>
    UniqueConflict = 8,
    /// <summary>The queue or the task drains and takes no more jobs (409).</summary>
    Draining = 9,
    /// <summary>The store or the sandbox cannot take it now; nothing was accepted (503).</summary>
    Unavailable = 7,
}

/// <summary>Results in the order of the submissions.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.submit-reply")]
public sealed record SubmitReply([property: Id(0)] IReadOnlyList<SubmitResult> Results);
