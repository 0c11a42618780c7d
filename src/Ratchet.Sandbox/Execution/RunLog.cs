using System.Diagnostics;
using System.Runtime.InteropServices;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>What one run has said. The execution thread adds; what was not sent yet is taken by whoever writes to the parent, under the outbox's lock, so that it comes in order.</summary>
internal sealed class RunLog(long sequence, long startedAt)
{
    private const byte Warning = 2;

    private readonly Lock gate = new();
    private readonly List<LogLine> lines = [];
    private int sent;
    private int bytes;
    private bool closed;

    public long Sequence { get; } = sequence;

    public TimeSpan Age => Stopwatch.GetElapsedTime(startedAt);

    /// <summary>Keeps a line within the caps; what goes beyond is left out, and one line says so.</summary>
    public void Add(byte level, string text, int mostLines, int mostBytes)
    {
        long offset = (long)Age.TotalMicroseconds;
        lock (gate)
        {
            if (mostLines == 0 || lines.Count > mostLines || bytes > mostBytes) return;
            var line = new LogLine(level, offset, text);
            int more = line.Bytes;
            bool full = lines.Count == mostLines || bytes + more > mostBytes;
            lines.Add(full ? new LogLine(Warning, offset, "The log is full: what follows is not kept.") : line);
            bytes = full ? int.MaxValue : bytes + more;
        }
    }

    /// <summary>What was not sent yet, if anything; nothing once the run's result is written.</summary>
    public void WriteUnsent(FrameWriter to)
    {
        lock (gate)
        {
            if (closed || sent == lines.Count) return;
            LogFrame.Write(to, Sequence, (long)Age.TotalMicroseconds, CollectionsMarshal.AsSpan(lines)[sent..]);
            sent = lines.Count;
        }
    }

    /// <summary>What goes with the run's result.</summary>
    public ReadOnlySpan<LogLine> Close()
    {
        lock (gate)
        {
            closed = true;
            return CollectionsMarshal.AsSpan(lines)[sent..];
        }
    }
}
