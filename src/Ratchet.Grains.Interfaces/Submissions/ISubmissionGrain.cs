namespace Ratchet.Submissions;

/// <summary>Stateless worker: validates, writes once through the journal, wakes the queues. Key: any integer; 0 by custom.</summary>
[Alias("ratchet.ISubmissionGrain")]
public interface ISubmissionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Accepts or rejects each of at most <see cref="Limits.SubmitBatch"/> submissions; one bad one does not hold up the others.
    /// An accepted one is durable when this returns. After a timeout the outcome is unknown: repeat with an idempotency key.
    /// </summary>
    [Alias("submit")]
    Task<SubmitReply> SubmitAsync(string tenant, [Immutable] IReadOnlyList<Submission> submissions, CancellationToken cancel = default);

    /// <summary>Goes through all of a submit, and stores nothing: what the first one would have to wait for is there afterwards.</summary>
    [Alias("rehearse")]
    Task RehearseAsync(string tenant, [Immutable] IReadOnlyList<Submission> submissions, CancellationToken cancel = default);
}
