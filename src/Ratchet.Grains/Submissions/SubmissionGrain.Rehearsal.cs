using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Grains.Submissions;

/// <summary>
/// A submit for nobody. The first one after a start compiled the code on its way, its task's schema and its queue's first statements: 0.7 to 2.9 s on 2 cores,
/// with nodes that said they were ready.
/// </summary>
public sealed partial class SubmissionGrain
{
    public async Task RehearseAsync(string tenant, IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        SubmissionDraft[] drafts = [.. submissions.Select(s => new SubmissionDraft(s) { Rejection = SubmissionRules.Check(s, now) })];
        await ResolveAsync(tenant, drafts);
        await ValidateAsync(tenant, drafts, cancel);
        foreach (SubmissionDraft draft in drafts.Where(d => d.Rejection is null)) draft.Prepare(tenant, JobId.New(time), now);
        // There is no such job: the journal goes all the way to the database, and nothing changes.
        await journal.MoveAsync([new JobMove(JobId.New(time), JobTransition.Cancel, now)], cancel);
        foreach (QueueKey queue in drafts.Select(d => new QueueKey(tenant, d.Submission.Queue)).Distinct()) await GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).WakeAsync();
    }
}
