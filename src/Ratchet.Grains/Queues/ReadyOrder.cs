using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>A job's place in its queue: higher priority first, then longest ready, then oldest id. The store's ready index has the same order.</summary>
public readonly record struct ReadyOrder(JobPriority Priority, DateTimeOffset ReadyAt, JobId Id) : IComparable<ReadyOrder>
{
    /// <summary>Behind every job.</summary>
    public static ReadyOrder Last => new((JobPriority)int.MinValue, DateTimeOffset.MaxValue, new JobId(Guid.AllBitsSet));

    /// <summary>Before every job.</summary>
    public static ReadyOrder First => new((JobPriority)int.MaxValue, DateTimeOffset.MinValue, default);

    public static ReadyOrder Of(ReadyJob job) => new(job.Priority, job.ReadyAt, job.Id);

    public int CompareTo(ReadyOrder other)
    {
        int byPriority = ((int)other.Priority).CompareTo((int)Priority);
        if (byPriority != 0) return byPriority;
        int byAge = ReadyAt.CompareTo(other.ReadyAt);
        return byAge != 0 ? byAge : Id.CompareTo(other.Id);
    }

    public static bool operator <(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) < 0;
    public static bool operator >(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) > 0;
    public static bool operator <=(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) >= 0;
}
