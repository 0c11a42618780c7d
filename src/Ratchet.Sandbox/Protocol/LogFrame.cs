using System.Text;

namespace Ratchet.Sandbox.Protocol;

/// <summary>One console call. The offset counts from the run's start, in microseconds.</summary>
internal readonly record struct LogLine(byte Level, long Offset, string Text)
{
    /// <summary>Bytes of its text, which is what the limit of a log counts.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    public static void WriteAll(FrameWriter to, ReadOnlySpan<LogLine> lines)
    {
        to.Int32(lines.Length);
        foreach (ref readonly LogLine line in lines)
        {
            to.Byte(line.Level);
            to.Int64(line.Offset);
            to.Text(line.Text);
        }
    }

    public static LogLine[] ReadAll(ref FrameReader from, int most)
    {
        int count = from.Count(most);
        LogLine[] lines = count == 0 ? [] : new LogLine[count];
        for (int i = 0; i < count; i++) lines[i] = new LogLine(from.Byte(), from.Int64(), from.Text());
        return lines;
    }
}

/// <summary>Lines of a run that goes on, in order, none of which was sent before; what it says after them comes with its Result, or with another of these.</summary>
/// <param name="ElapsedMicros">Since the run's start.</param>
internal sealed record LogFrame(long Sequence, long ElapsedMicros, IReadOnlyList<LogLine> Lines)
{
    /// <summary>In place of a run's number in CollectLog: all that have gone on for <see cref="Unasked"/>.</summary>
    public const long AllLong = 0;

    /// <summary>A run's log is collected when it has gone on for so long, whether anybody watches or not: what is with the node is not lost with the process.</summary>
    public static readonly TimeSpan Unasked = TimeSpan.FromSeconds(1);

    public static void Write(FrameWriter to, long sequence, long elapsed, ReadOnlySpan<LogLine> lines)
    {
        to.Begin(FrameType.Log);
        to.Int64(sequence);
        to.Int64(elapsed);
        LogLine.WriteAll(to, lines);
        to.End();
    }

    public static LogFrame Read(ref FrameReader from, int mostLines)
    {
        var frame = new LogFrame(from.Int64(), from.Int64(), LogLine.ReadAll(ref from, mostLines));
        if (frame.ElapsedMicros < 0) throw new FrameException("a duration is not negative");
        from.End();
        return frame;
    }

    /// <param name="sequence">Of the run, or <see cref="AllLong"/>.</param>
    public static void WriteCollect(FrameWriter to, long sequence)
    {
        to.Begin(FrameType.CollectLog);
        to.Int64(sequence);
        to.End();
    }
}
