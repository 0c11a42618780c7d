using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>A job's place in its lane: least rank first, then oldest id. The store's ready index has the same order.</summary>
public readonly record struct ReadyOrder(DateTimeOffset Rank, JobId Id) : IComparable<ReadyOrder>
{
    /// <summary>Behind every job.</summary>
    public static ReadyOrder Last => new(DateTimeOffset.MaxValue, new JobId(Guid.AllBitsSet));

    /// <summary>Before every job.</summary>
    public static ReadyOrder First => new(DateTimeOffset.MinValue, default);

    /// <summary>To the microsecond, as the store keeps times: what is before another here is so there.</summary>
    public static ReadyOrder Of(ReadyJob job) => new(job.Rank.AddTicks(-(job.Rank.Ticks % TimeSpan.TicksPerMicrosecond)), job.Id);

    public int CompareTo(ReadyOrder other)
    {
        int byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : Id.CompareTo(other.Id);
    }

    public static bool operator <(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) < 0;
    public static bool operator >(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) > 0;
    public static bool operator <=(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ReadyOrder left, ReadyOrder right) => left.CompareTo(right) >= 0;
}
