using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Grains.Submissions;

/// <summary>Submissions that look at another job first.</summary>
public sealed partial class SubmissionGrain
{
    private async Task InsertUniqueAsync(string tenant, SubmissionDraft draft, CancellationToken cancel)
    {
        Submission wanted = draft.Submission;
        UniqueOutcome outcome = wanted.Unique is { } rule
            ? await store.Unique.InsertUniqueAsync(draft.Job!, rule, cancel)
            : await store.Unique.InsertDebouncedAsync(draft.Job!, wanted.Debounce!, cancel);
        // With an idempotency key that another job has, nothing was done: the job that was to be replaced goes on.
        if (outcome is { Replaced: { } replaced, Insert.Existing: null }) await LetGoAsync(tenant, replaced);
        if (outcome.Holder is not { } holder)
        {
            await TakeAsync(tenant, draft, outcome.Insert, cancel);
            return;
        }

        draft.Existing = await store.Jobs.GetAsync(tenant, holder, cancel);
        // A key that is held for a period may outlive its job, which is no answer then.
        if (wanted.Unique is { } unique && (unique.Conflict == UniqueConflict.Reject || draft.Existing is null)) draft.Rejection = SubmissionRules.UniqueHeld(unique.Key, holder);
        // It was put off: the queue looks at its due index then.
        else if (draft.Existing is { DueAt: { } due } put) _ = GrainFactory.GetGrain<IQueueGrain>(new QueueKey(tenant, put.Queue).GrainKey).NoteDueAsync(due);
    }

    private async Task LetGoAsync(string tenant, JobToReplace replaced)
    {
        await GrainFactory.GetGrain<IQueueGrain>(new QueueKey(tenant, replaced.Queue).GrainKey).WithdrawAsync(replaced.Id);
        await GrainFactory.GetGrain<IJobGrain>(replaced.Id.Value).EndedAsync();
    }
}
