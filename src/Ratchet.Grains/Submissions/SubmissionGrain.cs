using Orleans.Concurrency;
using Ratchet.Execution.Caching;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Submissions;

/// <summary>See <see cref="ISubmissionGrain"/>. Reads as a table of contents: check fields, resolve tasks, validate inputs, recall repeats, write once, wake queues, answer.</summary>
[StatelessWorker, Reentrant]
public sealed partial class SubmissionGrain(
    IStore store, IJournal journal, ISandboxPool sandboxes, TaskPackageCache packages, QueueModes modes, CacheCounts cacheCounts, TimeProvider time) : Grain, ISubmissionGrain
{
    public async Task<SubmitReply> SubmitAsync(string tenant, IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        if (submissions.Count > Limits.SubmitBatch)
        {
            var tooMany = Rejection.Of(RejectionCode.InvalidField, $"At most {Limits.SubmitBatch} jobs can be submitted in one call.");
            return new SubmitReply([.. submissions.Select(_ => new SubmitResult { Rejection = tooMany })]);
        }

        DateTimeOffset now = time.GetUtcNow();
        SubmissionDraft[] drafts = [.. submissions.Select(s => new SubmissionDraft(s) { Rejection = SubmissionRules.Check(s, now) })];
        try
        {
            await ResolveAsync(tenant, drafts);
            await ValidateAsync(tenant, drafts, cancel);
            await RecallAsync(tenant, drafts.Where(d => d.Rejection is not null || d.LooksAtOthers), now, cancel);
            await WriteAsync(tenant, drafts, cancel);
            await RecallAsync(tenant, drafts.Where(d => d.Rejection is { Code: RejectionCode.UniqueConflict }), now, cancel);
        }
        catch (StoreUnavailableException e)
        {
            // Nothing is known to be accepted: those without an answer are told so. With an idempotency key they may ask again safely.
            foreach (SubmissionDraft draft in drafts.Where(d => !d.Answered)) draft.Rejection = Rejection.Of(RejectionCode.Unavailable, e.Message);
        }

        WakeQueues(drafts);
        return new SubmitReply([.. drafts.Select(d => d.Answer())]);
    }

    private async Task ResolveAsync(string tenant, SubmissionDraft[] drafts)
    {
        var resolved = new Dictionary<(string, string?), TaskResolution>();
        foreach (SubmissionDraft draft in drafts)
        {
            if (draft.Rejection is not null) continue;
            Submission wanted = draft.Submission;
            if (!resolved.TryGetValue((wanted.Task, wanted.Version), out TaskResolution? resolution))
            {
                resolution = await GrainFactory.GetGrain<ITaskGrain>($"{tenant}/{wanted.Task}").ResolveAsync(wanted.Version);
                resolved[(wanted.Task, wanted.Version)] = resolution;
            }

            draft.Rejection = SubmissionRules.Check(wanted, resolution)
                ?? SubmissionRules.Check(wanted, await modes.GetAsync(new QueueKey(tenant, wanted.Queue)));
            draft.Task = resolution.Version;
        }
    }

    private async Task ValidateAsync(string tenant, SubmissionDraft[] drafts, CancellationToken cancel)
    {
        foreach (IGrouping<string, SubmissionDraft> group in drafts.Where(d => d.Rejection is null).GroupBy(d => d.Task!.Reference.Digest))
        {
            SubmissionDraft[] members = [.. group];
            TaskPackage package = await packages.GetAsync(tenant, group.Key, cancel) ?? throw new RatchetException($"The content of task '{members[0].Submission.Task}' is not in the store.");
            IReadOnlyList<IReadOnlyList<SchemaError>?> errors =
                await sandboxes.ValidateInputsAsync(package, [.. members.Select(m => (ReadOnlyMemory<byte>)m.Submission.Input)], cancel);
            for (int i = 0; i < members.Length; i++)
            {
                if (errors[i] is { } wrong) members[i].Rejection = SubmissionRules.InvalidInput(members[i].Submission.Task, wrong);
            }
        }
    }

    private async Task WriteAsync(string tenant, SubmissionDraft[] drafts, CancellationToken cancel)
    {
        DateTimeOffset now = SubmissionDraft.Truncate(time.GetUtcNow());
        var accepted = new List<SubmissionDraft>(drafts.Length);
        foreach (SubmissionDraft draft in drafts)
        {
            if (draft.Answered) continue;
            draft.Prepare(tenant, draft.Submission.Id ?? JobId.New(time), now);
            accepted.Add(draft);
        }

        SubmissionDraft[] plain = [.. accepted.Where(d => !d.LooksAtOthers)];
        if (plain.Length > 0) await InsertAsync(tenant, plain, cancel);
        foreach (SubmissionDraft draft in accepted.Where(d => d.LooksAtOthers)) await InsertUniqueAsync(tenant, draft, cancel);
    }

    private async Task InsertAsync(string tenant, SubmissionDraft[] drafts, CancellationToken cancel)
    {
        IReadOnlyList<InsertOutcome> outcomes = await journal.InsertAsync([.. drafts.Select(d => d.Job!)], cancel);
        for (int i = 0; i < drafts.Length; i++) await TakeAsync(tenant, drafts[i], outcomes[i], cancel);
    }

    private async Task TakeAsync(string tenant, SubmissionDraft draft, InsertOutcome outcome, CancellationToken cancel)
    {
        if (outcome.Existing is not { } existing) Inserted(tenant, draft, outcome.Reused);
        else if (!outcome.SameFingerprint) draft.Rejection = SubmissionRules.KeyConflict(draft.Submission.IdempotencyKey!, existing);
        else await AnswerWithAsync(tenant, draft, existing, cancel);
    }

    private void Inserted(string tenant, SubmissionDraft draft, JobId? reused)
    {
        draft.Inserted = true;
        draft.Reused = reused;
        if (reused is not null) cacheCounts.Hit(tenant, draft.Submission.Task);
    }

    private void WakeQueues(SubmissionDraft[] drafts)
    {
        foreach (IGrouping<QueueKey, SubmissionDraft> group in drafts.Where(d => d is { Inserted: true, Reused: null }).GroupBy(d => d.Job!.Queue))
        {
            IQueueGrain queue = GrainFactory.GetGrain<IQueueGrain>(group.Key.GrainKey);
            ReadyJob[] ready = [.. group.Where(d => d.Job!.State == JobState.Queued).Select(d => d.Ready())];
            if (ready.Length > 0) _ = queue.OfferAsync(ready);
            DateTimeOffset? due = group.Min(d => d.Job!.NextDue);
            if (due is { } first) _ = queue.NoteDueAsync(first);
        }
    }
}
