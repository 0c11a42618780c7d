using Ratchet.Jobs;

namespace Ratchet.Storage.Jobs;

/// <summary>A set of writes for one transaction.</summary>
public sealed record JobWrites
{
    public IReadOnlyList<NewJob> Inserts { get; init; } = [];
    public IReadOnlyList<AttemptStart> Starts { get; init; } = [];
    public IReadOnlyList<AttemptEnd> Ends { get; init; } = [];
    public IReadOnlyList<JobMove> Moves { get; init; } = [];

    public int Count => Inserts.Count + Starts.Count + Ends.Count + Moves.Count;
}

/// <summary>Outcomes in the order of the writes. False: the row was not in a state, or not at a fence, from which the write may go.</summary>
public sealed record JobWriteOutcomes(IReadOnlyList<InsertOutcome> Inserts, IReadOnlyList<bool> Starts, IReadOnlyList<bool> Ends, IReadOnlyList<bool> Moves);

/// <summary>
/// <paramref name="Existing"/> is set when the job was not inserted because its idempotency key (or its id) is taken:
/// the job that has it, and whether that one was submitted with the same fingerprint.
/// <paramref name="Reused"/> is set when it was inserted and completed with the result of that other job.
/// </summary>
public readonly record struct InsertOutcome(JobId? Existing, bool SameFingerprint, JobId? Reused = null)
{
    public static InsertOutcome Inserted => default;
}
