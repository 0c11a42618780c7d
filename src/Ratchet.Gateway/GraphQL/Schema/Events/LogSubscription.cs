using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>What executions say, while they say it.</summary>
internal static class LogSubscription
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public static IAsyncEnumerable<object> Open(FieldCall call)
    {
        string text = call.Arg<string>("id")!;
        NodeId id = NodeId.TryParse(text, out NodeId global) && char.IsAsciiLetterUpper(global.Type[0]) ? global : new NodeId("Job", text);
        if (id.Type is not ("Job" or "Execution") || !Guid.TryParse(id.Key, out Guid key)) throw new ProblemException(Problem.NotFound($"There is no job or execution '{text}'."));
        LogPlace after = (call.Call.ResumeAfter ?? call.Arg<string>("after")) is { } place ? LogRequest.Place(place) : default;
        return LogsAsync(call.Call, id.Type == "Job" ? key : null, id.Type == "Job" ? null : key, after, call.Cancel);
    }

    private static async IAsyncEnumerable<object> LogsAsync(GraphCall call, Guid? job, Guid? execution, LogPlace after, [EnumeratorCancellation] CancellationToken cancel)
    {
        IJobDirectoryGrain directory = call.Grains.GetGrain<IJobDirectoryGrain>(0);
        if (execution is { } only) job = (await directory.GetExecutionAsync(call.Tenant, only, cancel))?.Job.Value;
        if (job is null || await directory.GetAsync(call.Tenant, new JobId(job.Value), cancel) is null) throw new ProblemException(Problem.NotFound($"There is no {(execution is null ? $"job '{job}'" : $"execution '{execution}'")}."));
        LogPlace place = after;
        while (true)
        {
            bool ended = false;
            await using IAsyncEnumerator<JobLogPart> parts = call.Grains.GetGrain<IJobGrain>(job.Value).FollowLogAsync(call.Tenant, place, cancel).WithBatchSize(1).GetAsyncEnumerator(cancel);
            while (await NextAsync(parts, cancel) is { } more)
            {
                if (!more) { ended = true; break; }
                JobLogPart part = parts.Current;
                foreach (LogLineJson line in LogLineJson.Of(part).Where(l => execution is null || l.Execution == execution)) yield return line;
                if (part.Lines.Count > 0) place = part.End;
                if (part.Last) { ended = true; break; }
            }

            if (ended) yield break;
            await Task.Delay(LookAgain, call.Services.Time, cancel);
        }
    }

    /// <summary>Whether there is one more; null when the stream broke, and is to be taken up behind the last line.</summary>
    private static async Task<bool?> NextAsync(IAsyncEnumerator<JobLogPart> parts, CancellationToken cancel)
    {
        try
        {
            return await parts.MoveNextAsync();
        }
        catch (Exception e) when (e is EnumerationAbortedException or OrleansException or TimeoutException or RatchetException && !cancel.IsCancellationRequested)
        {
            // The job's actor has moved, or gave this reader up because it was slow.
            return null;
        }
    }
}
