using Orleans.Runtime;
using Ratchet.Gateway.Problems;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Submissions.Bulk;

/// <summary>Submits a chunk: what is wrong with an item stays with it, and holds up no other.</summary>
internal sealed class BulkSubmitter(IGrainFactory grains, string tenant)
{
    public async Task<BulkResult[]> SubmitAsync(List<BulkItem> chunk, CancellationToken cancel)
    {
        var submissions = new List<Submission>(chunk.Count);
        foreach (BulkItem item in chunk)
        {
            if (item.Submission is { } submission) submissions.Add(submission);
        }

        var results = new BulkResult[chunk.Count];
        IReadOnlyList<SubmitResult>? answers = null;
        Problem? failed = null;
        try
        {
            if (submissions.Count > 0) answers = (await grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(tenant, submissions, cancel)).Results;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or RatchetException)
        {
            failed = Problem.Unavailable("Whether this job was accepted is not known: submit it again, with an idempotency key if it must not be there twice.");
        }

        for (int i = 0, answered = 0; i < results.Length; i++)
        {
            results[i] = chunk[i].Problem is { } wrong ? new BulkResult(null, wrong) : failed is not null ? new BulkResult(null, failed) : Of(answers![answered++]);
        }

        return results;
    }

    private static BulkResult Of(SubmitResult result) => result.Rejection is null ? new BulkResult(result, null) : new BulkResult(null, Rejections.ProblemOf(result));
}

/// <summary>What became of one item: a job, or the problem that it has.</summary>
internal readonly record struct BulkResult(SubmitResult? Accepted, Problem? Problem);
