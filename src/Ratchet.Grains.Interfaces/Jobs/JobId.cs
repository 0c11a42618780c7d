using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ratchet.Jobs;

/// <summary>Identity of a job: a UUID version 7 (RFC 9562, section 5.7), so that ids sort by the time of their creation.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-id")]
public readonly record struct JobId([property: Id(0)] Guid Value) : IComparable<JobId>
{
    private static long lastStamp;

    /// <summary>
    /// A new id. Its first 48 bits are the time of <paramref name="time"/> in milliseconds, the next 12 the fraction of the millisecond
    /// (RFC 9562, section 6.2, method 3); ids made by one process strictly ascend, so that first in is first out.
    /// </summary>
    public static JobId New(TimeProvider time)
    {
        long ticks = time.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks;
        long stamp = (ticks / TimeSpan.TicksPerMillisecond << 12) | (ticks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond);
        long last = Volatile.Read(ref lastStamp);
        while (true)
        {
            long next = Math.Max(stamp, last + 1);
            long seen = Interlocked.CompareExchange(ref lastStamp, next, last);
            if (seen == last) return FromStamp(next);
            last = seen;
        }
    }

    private static JobId FromStamp(long stamp)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        const ulong Version7 = 0x7000;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)stamp >> 12 << 16) | Version7 | ((ulong)stamp & 0xFFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Not after any id that was made at <paramref name="at"/> or later: the bound of a scan by age.</summary>
    public static JobId FirstAt(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    public static bool TryParse(string? text, out JobId id)
    {
        bool ok = Guid.TryParse(text, out Guid value);
        id = new JobId(value);
        return ok;
    }

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;
    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;
    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value.ToString("D");
}
