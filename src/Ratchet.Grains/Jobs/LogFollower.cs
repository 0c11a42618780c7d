using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Ratchet.Jobs;
using Ratchet.Storage;
using Ratchet.Workers;

namespace Ratchet.Grains.Jobs;

/// <summary>
/// One reader's way through a job's log. What is stored is the truth; what the running execution says is read from its node until it is stored. Executions come in the order of their ids, which
/// are UUIDs of version 7: so a place in one of them says of each other one whether it was read.
/// </summary>
internal sealed class LogFollower(string tenant, JobId job, LogPlace place, IStore store, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Text of the lines of one part at most, unless it is one line.</summary>
    private const int PartChars = 64 << 10;

    /// <summary>Without anything to say it says so that often.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>How soon the row is looked at again while the job may start, or end, at any moment; and while it waits for a time.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    private int tries;
    private Guid running;

    public async IAsyncEnumerable<JobLogPart> PartsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        (JobState, int, int)? read = null;
        long told = time.GetTimestamp();
        while (true)
        {
            if (await store.Jobs.GetAsync(tenant, job, cancel) is not { } row) yield break;
            // Each end of an attempt changes one of them.
            if (read != (row.State, row.Attempts, row.LostWorkers))
            {
                foreach (ExecutionView execution in await store.Jobs.GetExecutionsAsync(tenant, job, cancel))
                {
                    foreach (JobLogPart part in Stored(row, execution)) yield return part;
                }

                read = (row.State, row.Attempts, row.LostWorkers);
            }

            RunningLog? live = await LiveAsync(row, cancel);
            if (live is { Lines.Count: > 0 })
            {
                JobLogPart part = PartOf(row, live);
                place = part.End;
                told = time.GetTimestamp();
                yield return part;
            }
            else if (row.State.IsTerminal() && live is null or { Ended: true })
            {
                yield return new JobLogPart { State = row.State, Last = true };
                yield break;
            }
            else
            {
                if (time.GetElapsedTime(told) >= Silence)
                {
                    told = time.GetTimestamp();
                    yield return new JobLogPart { State = row.State };
                }

                if (live is null or { Ended: true }) await Task.Delay(row.State is JobState.Queued or JobState.Processing ? Soon : Later, time, cancel);
            }
        }
    }

    private IEnumerable<JobLogPart> Stored(JobView row, ExecutionView execution)
    {
        int order = execution.Id.CompareTo(place.Execution);
        if (order < 0) yield break;
        // It is not running any more.
        if (execution.Id == running) running = default;
        int from = order == 0 && place.Lines <= execution.Log.Count ? place.Lines : 0;
        place = new LogPlace(execution.Id, execution.Log.Count);
        while (from < execution.Log.Count)
        {
            int to = from, chars = 0;
            while (to < execution.Log.Count && (to == from || chars + execution.Log[to].Message.Length <= PartChars)) chars += execution.Log[to++].Message.Length;
            yield return new JobLogPart
            {
                State = row.State,
                Execution = execution.Id,
                Attempt = execution.Attempt,
                StartedAt = execution.StartedAt,
                From = from,
                Lines = [.. execution.Log.Skip(from).Take(to - from)],
            };
            from = to;
        }
    }

    /// <summary>What the running execution says behind the place; null when none is known to run. A cancelled job's goes on until it has noticed.</summary>
    private async Task<RunningLog?> LiveAsync(JobView row, CancellationToken cancel)
    {
        if (row.Node is null || (row.State != JobState.Processing && running == default)) return null;
        try
        {
            IWorkerNodeGrain node = grains.GetGrain<IWorkerNodeGrain>(NodeIncarnation.NameOf(row.Node));
            RunningLog? live = await node.ReadLogAsync(job, place, tries, Later, cancel);
            // One that was read to its end and is stored by now.
            if (live is null || live.Execution.CompareTo(place.Execution) < 0) return null;
            (running, tries) = (live.Execution, live.Tries);
            return live;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The node is gone. The row will tell what becomes of the job.
            return null;
        }
    }

    private static JobLogPart PartOf(JobView row, RunningLog live) => new()
    {
        State = row.State,
        Execution = live.Execution,
        Attempt = live.Attempt,
        StartedAt = live.StartedAt ?? default,
        From = live.From,
        Lines = live.Lines,
    };
}
