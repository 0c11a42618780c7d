using System.Runtime.CompilerServices;
using Ratchet.Jobs;
using Ratchet.Workers;

namespace Ratchet.Grains.Jobs;

/// <summary>Those who follow the job's log.</summary>
public sealed partial class JobGrain
{
    public async IAsyncEnumerable<JobLogPart> FollowLogAsync(string tenant, LogPlace after, [EnumeratorCancellation] CancellationToken cancel)
    {
        logs.Began();
        try
        {
            var follower = new LogFollower(tenant, Id, after, store, GrainFactory, time);
            await foreach (JobLogPart part in follower.PartsAsync(cancel))
            {
                logs.HandedOn(part.Lines.Count);
                yield return part;
            }
        }
        finally
        {
            logs.Ended();
        }
    }
}
