using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution.Tracing;

/// <summary>What a replay waits for next.</summary>
internal enum ReplayStep
{
    /// <summary>A timer: it fires at once, in the recording's order.</summary>
    Timer,
    /// <summary>The answer to a call.</summary>
    Reply,
    /// <summary>Whatever comes first: the run has left the recording.</summary>
    Anything,
    /// <summary>Nothing: the recorded run was stopped here.</summary>
    End,
}

/// <summary>
/// Gives a run what a recorded one was given, as long as it asks for the same in the same order. From the first difference on it still gives time, chance and
/// timers, none of them real, so that changed code can be tried: time goes on from where it was, timers fire by their delays.
/// </summary>
internal sealed class ReplayTrace : Trace
{
    private readonly List<TraceEntry> entries;
    private readonly byte[]? seed;
    private readonly bool complete;
    private readonly bool stopped;
    private readonly SortedSet<(long Due, int Number)> timers = [];
    private readonly SortedDictionary<int, FetchReplyFrame> replies = [];
    private int position;
    private int repeated;
    private long taken;
    private long time;
    private long clock;
    private long waited;

    /// <param name="start">The wall clock's value until the recording says one, in milliseconds since 1970.</param>
    /// <param name="stopped">Whether the recorded run was stopped from outside after its last call.</param>
    /// <exception cref="FrameException">The bytes are no trace.</exception>
    public ReplayTrace(byte[] calls, byte[]? seed, bool complete, long start, bool stopped = false)
    {
        entries = TraceFormat.Read(calls, FrameLimits.TraceBytes);
        (this.seed, this.complete, this.stopped, time) = (seed, complete, stopped, start);
    }

    /// <summary>The first thing that the run did otherwise, in one sentence; null while there is none.</summary>
    public string? Divergence { get; private set; }

    /// <summary>Called when the run asks for more than the recorded one did before it was stopped; ends the run.</summary>
    public Action? Stop { get; set; }

    /// <summary>The run has asked for all that the recorded one did before it was stopped.</summary>
    public bool IsOver => stopped && complete && Divergence is null && position == entries.Count;

    /// <summary>HTTP calls that the run had made by then.</summary>
    public int CallsBefore { get; private set; }

    private int Calls { get; set; }

    private bool Follows => Divergence is null && (position < entries.Count || complete);

    public override long Time()
    {
        if (Follows && TryTake(TraceKind.Time, null, out long value)) return time = value;
        // A loop that waits for the time to pass ends.
        return ++time;
    }

    public override long Clock()
    {
        if (Follows && TryTake(TraceKind.Clock, null, out long value)) return clock = value;
        return clock += 1_000;
    }

    public override void Note(TraceKind kind, long value)
    {
        if (Follows) TryTake(kind, value, out _);
        if (kind is TraceKind.Fetch or TraceKind.FetchNow) Calls++;
    }

    public void AddTimer(int number, int milliseconds) => timers.Add((waited + milliseconds, number));

    /// <summary>False when it is not there any more.</summary>
    public bool RemoveTimer(int number) => timers.RemoveWhere(timer => timer.Number == number) > 0;

    public void AddReply(int number, FetchReplyFrame reply) => replies[number] = reply;

    /// <summary>False when the answer has not come.</summary>
    public bool RemoveReply(int number) => replies.Remove(number);

    /// <summary>The answers that have come and were not given; they are no longer here.</summary>
    public FetchReplyFrame[] TakeReplies()
    {
        FetchReplyFrame[] taken = [.. replies.Values];
        replies.Clear();
        return taken;
    }

    /// <summary>What the run, which waits, goes on with.</summary>
    /// <param name="number">Of the timer or call.</param>
    /// <param name="reply">The answer; null when it has not come yet.</param>
    public ReplayStep Next(out int number, out FetchReplyFrame? reply)
    {
        (number, reply) = (0, null);
        if (Follows)
        {
            if (position == entries.Count) return ReplayStep.End;
            TraceEntry next = entries[position];
            number = (int)next.Value;
            if (next.Kind == TraceKind.Timer && RemoveTimer((int)next.Value)) return Step(ReplayStep.Timer);
            if (next.Kind == TraceKind.Reply && next.Value <= Calls)
            {
                // The call's own answer is on its way.
                if (!replies.Remove(number, out reply)) return ReplayStep.Reply;
                return Step(ReplayStep.Reply);
            }
            Diverge("waits");
        }
        if (replies.Count > 0)
        {
            (number, reply) = replies.First();
            replies.Remove(number);
            return ReplayStep.Reply;
        }
        if (timers.Count == 0) return ReplayStep.Anything;
        (long due, number) = timers.Min;
        timers.Remove(timers.Min);
        time += due - waited;
        waited = due;
        return ReplayStep.Timer;
    }

    /// <summary>The run has ended by itself.</summary>
    public void End()
    {
        if (Follows && (position < entries.Count || stopped)) Diverge("ends");
    }

    protected override byte[] Seed() => seed ?? new byte[FrameLimits.SeedBytes];

    private ReplayStep Step(ReplayStep step)
    {
        Advance();
        return step;
    }

    /// <param name="wanted">What the value must be; null when the recording says it.</param>
    private bool TryTake(TraceKind kind, long? wanted, out long value)
    {
        value = 0;
        if (position < entries.Count && entries[position].Kind == kind && (wanted is null || entries[position].Value == wanted))
        {
            value = entries[position].Value;
            if (++repeated == entries[position].Count) Advance();
            return true;
        }
        if (IsOver) Stop?.Invoke();
        else Diverge(TraceWords.Of(kind, wanted ?? 0));
        return false;
    }

    private void Advance()
    {
        position++;
        taken += Math.Max(repeated, 1);
        repeated = 0;
    }

    private void Diverge(string does)
    {
        string recorded = position == entries.Count ? $"the recorded run {(stopped ? "was stopped" : "ended")}" : $"the recorded run {TraceWords.Of(entries[position].Kind, entries[position].Value)}";
        Divergence = $"At its call {taken + repeated + 1} the task {does}, where {recorded}.";
        CallsBefore = Calls;
    }
}
