using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>
/// What a run has said so far, as far as its node knows: for those who watch, and for its record when its process is killed. It is bounded by the caps of a log, so those who read it slowly
/// need no buffer of their own: each has a place in it. A process is asked for lines when somebody waits for them, at most every <see cref="Period"/>.
/// </summary>
public sealed class RunLog
{
    /// <summary>How often a process is asked for the lines of a run that is watched.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Lines that are handed on at once have no more text than that, or are one.</summary>
    private const int PartChars = 64 << 10;

    // Room for the one line that says that the log is full.
    private const int FullLineBytes = 256;
    private const long MostMicros = 24L * 3_600 * 1_000_000;

    private readonly Lock gate = new();
    private readonly List<LogEntry> lines = [];
    private Action? collect;
    private TaskCompletionSource? news;
    private DateTimeOffset? startedAt;
    private long asked;
    private int bytes;
    private int tries = 1;
    private bool ended;

    /// <summary>Reads from a place on; waits for more, up to <paramref name="patience"/>, when there is nothing behind it yet.</summary>
    /// <param name="tried">Which try at the run the place belongs to, as a part told it; 0: the reader does not know.</param>
    /// <param name="from">Lines that the reader has had.</param>
    /// <returns>What is behind the place. From the beginning when the run has begun again since, or the place is behind the end.</returns>
    public async Task<RunLogPart> ReadAsync(int tried, int from, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (gate)
            {
                if ((tried != 0 && tried != tries) || from > lines.Count) from = 0;
                if (from < lines.Count || ended) return Part(from);
                changed = (news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            TimeSpan left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                lock (gate) return Part(Math.Min(from, lines.Count));
            }

            Ask(time);
            await Task.WhenAny(changed, Task.Delay(left < Period ? left : Period, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>All that is there; it does not change any more when the run has ended.</summary>
    internal IReadOnlyList<LogEntry> Lines
    {
        get
        {
            lock (gate) return lines.Count == 0 ? [] : lines;
        }
    }

    /// <summary>The run is in the pool, which can ask its process for what it has said.</summary>
    internal void Begin(Action ask)
    {
        lock (gate) collect = ask;
    }

    /// <summary>Lines have come. False when they are more than a log may have, which no child of ours sends: what fits is kept.</summary>
    internal bool TryAdd(IReadOnlyList<LogLine> more, DateTimeOffset started, int mostLines, int mostBytes)
    {
        lock (gate)
        {
            startedAt ??= started;
            bool fits = true;
            foreach (LogLine line in more)
            {
                fits = lines.Count <= mostLines && bytes + line.Bytes <= mostBytes + FullLineBytes;
                if (!fits) break;
                bytes += line.Bytes;
                // Offsets are what the process says: no more than a day is believed.
                lines.Add(new LogEntry(Levels.Names[Math.Min((int)line.Level, Levels.Names.Length - 1)], Math.Clamp(line.Offset, 0, MostMicros), line.Text));
            }

            Tell();
            return fits;
        }
    }

    /// <summary>The run's process was lost through no fault of the run: it begins again, and so does its log.</summary>
    internal void Restart()
    {
        lock (gate)
        {
            lines.Clear();
            bytes = 0;
            startedAt = null;
            tries++;
        }
    }

    /// <summary>Nothing more comes.</summary>
    internal void End()
    {
        lock (gate)
        {
            ended = true;
            collect = null;
            Tell();
        }
    }

    private RunLogPart Part(int from)
    {
        int to = from, chars = 0;
        while (to < lines.Count && (to == from || chars + lines[to].Message.Length <= PartChars)) chars += lines[to++].Message.Length;
        return new RunLogPart(tries, startedAt, from, lines[from..to], ended && to == lines.Count);
    }

    private void Ask(TimeProvider time)
    {
        Action? ask = null;
        lock (gate)
        {
            if (asked == 0 || time.GetElapsedTime(asked) >= Period)
            {
                asked = time.GetTimestamp();
                ask = collect;
            }
        }

        ask?.Invoke();
    }

    private void Tell()
    {
        news?.TrySetResult();
        news = null;
    }
}

/// <summary>Lines of a run's log that follow one another.</summary>
/// <param name="Tries">How often the run has begun on this node, the present time included.</param>
/// <param name="StartedAt">What the lines' offsets count from; null before the first line.</param>
/// <param name="From">Lines before these.</param>
/// <param name="Ended">Nothing comes behind them.</param>
public sealed record RunLogPart(int Tries, DateTimeOffset? StartedAt, int From, IReadOnlyList<LogEntry> Lines, bool Ended);
