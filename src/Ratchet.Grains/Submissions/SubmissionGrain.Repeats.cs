using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Grains.Submissions;

/// <summary>
/// Submissions that come again. The store finds most repeats when it writes them; these never get that far, or would change another job on their way: since the
/// first one its run-at may have passed, its task may have been disabled or got another schema, its queue may drain, its unique key is held by its own job. None of
/// that matters to who only asks again for an answer that got lost.
/// </summary>
public sealed partial class SubmissionGrain
{
    private async Task RecallAsync(string tenant, IEnumerable<SubmissionDraft> candidates, DateTimeOffset now, CancellationToken cancel)
    {
        SubmissionDraft[] drafts = [.. candidates.Where(d => d.Submission.IdempotencyKey is { } key && EntityName.IsText(key))];
        if (drafts.Length == 0) return;
        string[] keys = [.. drafts.Select(d => d.Submission.IdempotencyKey!).Distinct()];
        IReadOnlyDictionary<string, KeyHolder> holders = await store.Unique.FindHoldersAsync(tenant, keys, now, cancel);
        foreach (SubmissionDraft draft in drafts)
        {
            string key = draft.Submission.IdempotencyKey!;
            if (!holders.TryGetValue(key, out KeyHolder? holder)) continue;
            if (holder.Fingerprint == draft.Fingerprint()) await AnswerWithAsync(tenant, draft, holder.Job, cancel);
            else draft.Rejection ??= SubmissionRules.KeyConflict(key, holder.Job);
        }
    }

    private async Task AnswerWithAsync(string tenant, SubmissionDraft draft, JobId existing, CancellationToken cancel)
    {
        draft.Existing = await store.Jobs.GetAsync(tenant, existing, cancel);
        draft.Rejection = draft.Existing is null && draft.Submission.IdempotencyKey is { } key ? SubmissionRules.JobGone(key, existing) : null;
    }
}
