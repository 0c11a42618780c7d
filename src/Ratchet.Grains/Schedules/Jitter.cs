using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>How long after its instant a job runs. It comes from a hash, so that whoever works it out again gets the same.</summary>
internal static class Jitter
{
    /// <summary>Zero up to <paramref name="most"/>, in whole milliseconds, evenly spread.</summary>
    public static TimeSpan Of(ScheduleKey key, DateTimeOffset instant, TimeSpan most)
    {
        if (most <= TimeSpan.Zero) return TimeSpan.Zero;
        byte[] name = Encoding.UTF8.GetBytes($"{key.GrainKey}/{instant.UtcTicks}");
        ulong hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(name));
        return TimeSpan.FromMilliseconds((long)(hash % ((ulong)most.TotalMilliseconds + 1)));
    }
}
