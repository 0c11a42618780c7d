using System.Diagnostics;
using System.Security.Cryptography;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution.Tracing;

/// <summary>A trace of what really happens; kept only where somebody may want it.</summary>
internal sealed class LiveTrace(bool keep) : Trace
{
    private const int FirstBytes = 64;
    private const long ClockStep = 100;
    private readonly long began = Stopwatch.GetTimestamp();
    private byte[] written = [];
    private int length;
    private long lastTime;
    // The newest entry is written when another follows, because it may yet be repeated.
    private TraceEntry newest;

    /// <summary>Null when no random number was asked for.</summary>
    public byte[]? SeedUsed { get; private set; }

    /// <summary>False when there was more than is kept.</summary>
    public bool Complete { get; private set; } = true;

    public override long Time()
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Note(TraceKind.Time, now);
        return now;
    }

    public override long Clock()
    {
        long micros = (long)Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        micros -= micros % ClockStep;
        Note(TraceKind.Clock, micros);
        return micros;
    }

    public override void Note(TraceKind kind, long value)
    {
        if (!keep || !Complete) return;
        if (newest.Kind == kind && newest.Value == value && newest.Count < int.MaxValue)
        {
            newest = newest with { Count = newest.Count + 1 };
            return;
        }
        Flush();
        newest = new TraceEntry(kind, value);
    }

    /// <summary>All entries so far, as <see cref="TraceFormat"/>.</summary>
    public byte[] Take()
    {
        Flush();
        newest = default;
        return written.AsSpan(0, length).ToArray();
    }

    protected override byte[] Seed() => SeedUsed = RandomNumberGenerator.GetBytes(FrameLimits.SeedBytes);

    private void Flush()
    {
        if (newest.Count == 0) return;
        if (length + TraceFormat.EntryBytes > FrameLimits.TraceBytes)
        {
            Complete = false;
            return;
        }
        if (written.Length - length < TraceFormat.EntryBytes) Array.Resize(ref written, Math.Max(FirstBytes, written.Length * 2));
        length += TraceFormat.Write(written.AsSpan(length), newest, ref lastTime);
    }
}
