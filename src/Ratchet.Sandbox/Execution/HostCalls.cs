using System.Text;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>Answers the prelude for the run whose code is executing.</summary>
internal sealed class HostCalls(LoadFrame limits, Outbox outbox, RunLogs logs, SyncReplies replies, OpenCalls open, Timers timers, LoadErrors loadErrors, Dictionary<long, Run> waiting) : IHostCalls
{
    private const string NotNow = "!NetworkError\nfetch is not available while a task is being loaded; call it within the function";
    private const byte ErrorLevel = 3;
    /// <summary>Where code of a run that has ended has time and chance from.</summary>
    private static readonly LiveTrace Nobodys = new(keep: false);
    private const string Over = "!NetworkError\nthe execution that this code belongs to has ended: it makes no more requests";
    private static readonly string TooMuchOpen = $"!NetworkError\nthe requests under way have more than {FrameLimits.FetchOpenBytes} bytes of bodies together: await some of them first";
    private const int TimersOfARun = (1 << 20) - 1;
    private const int NoMoreTimers = -1;
    private const int EndedRun = -2;

    private Run? turn;
    private bool over;

    /// <summary>In whose turn code is executing; null while a task is being loaded.</summary>
    public Run? Turn
    {
        get => turn;
        set
        {
            turn = Current = value;
            over = false;
        }
    }

    /// <summary>Whose code is executing: mostly that of the turn. Null while a task is being loaded, and for code of a run that has ended.</summary>
    private Run? Current { get; set; }

    /// <summary>What code has time and chance from while a task is being loaded.</summary>
    public Trace Loading { get; set; } = new LiveTrace(keep: false);

    /// <summary>Runs that have ended since it was last looked at.</summary>
    public List<Run> Ended { get; } = [];

    /// <summary>Whether the current run was interrupted in a synchronous fetch.</summary>
    public bool WaitedInFetch { get; private set; }

    public void Enter(long sequence)
    {
        Current = sequence == turn?.Sequence ? turn : waiting.GetValueOrDefault(sequence);
        over = Current is null && sequence != 0;
    }

    public void Log(byte level, string text) => Current?.Log(level, text, limits.LogLines, limits.LogBytes, logs);

    public double Time() => Now.Time();

    public double Clock() => Now.Clock() / 1_000.0;

    public string MathSeed() => Now.MathSeed();

    public int SetTimer(int milliseconds)
    {
        if (over)
        {
            GiveUpContext();
            return EndedRun;
        }
        if (Current is not { Ended: false } run) return 0;
        if (run.TimersSet == TimersOfARun) return NoMoreTimers;
        int number = ++run.TimersSet;
        run.Trace.Note(TraceKind.SetTimer, milliseconds);
        if (run.Trace is ReplayTrace replay)
        {
            replay.AddTimer(number, milliseconds);
            run.Outstanding++;
        }
        else timers.Add(run, number, milliseconds);
        return number;
    }

    public void ClearTimer(int number)
    {
        if (Current is not { Ended: false } run) return;
        run.Trace.Note(TraceKind.ClearTimer, number);
        if (run.Trace is not ReplayTrace replay) timers.Remove(run, number);
        else if (replay.RemoveTimer(number)) run.Outstanding--;
    }

    public string FetchNow(string method, string url, string headers, string? body, bool binary)
    {
        if (Current is null or { Ended: true }) return Refused();
        WaitedInFetch = false;
        int call = open.Next();
        replies.Expect(call);
        string? refused = Send(call, method, url, headers, body, binary, out _);
        if (refused is not null) return refused;
        Current.Trace.Note(TraceKind.FetchNow, ++Current.FetchCalls);
        outbox.Idle();
        FetchReplyFrame? reply = replies.Wait();
        WaitedInFetch = reply is null;
        if (reply is null) outbox.Send(new FetchAbortFrame(call), static (to, frame) => frame.Write(to));
        // The interrupt takes effect when V8 is back in the script; what is returned here is never seen.
        return reply is null ? "!NetworkError\ninterrupted" : ReplyText.Of(reply);
    }

    public string? Fetch(string method, string url, string headers, string? body, bool binary, out int call)
    {
        call = 0;
        if (Current is null or { Ended: true }) return Refused();
        if (open.IsFull) return "!NetworkError\ntoo many requests at once: await some of them first";
        call = open.Next();
        string? refused = Send(call, method, url, headers, body, binary, out int bytes);
        if (refused is not null) return refused;
        Current.Trace.Note(TraceKind.Fetch, ++Current.FetchCalls);
        open.Add(call, Current, Current.FetchCalls, bytes);
        return null;
    }

    public void Abort(int call)
    {
        if (open.Abandon(call, out int number) is not { } run) return;
        // Whoever gives it up: it is a call of that run.
        if (!run.Ended) run.Trace.Note(TraceKind.Abort, number);
        if (run.Trace is ReplayTrace replay && replay.RemoveReply(number)) open.Take(call, out _);
        else outbox.Send(new FetchAbortFrame(call), static (to, frame) => frame.Write(to));
    }

    public string Random(int count) => Now.Random(count);

    public void Done(long sequence, string output)
    {
        if (Find(sequence) is not { Ended: false } run) return;
        run.Complete(output);
        Ended.Add(run);
    }

    public bool Rejected(long sequence)
    {
        if (Find(sequence) is not { Ended: false } run) return false;
        run.Rejections++;
        return true;
    }

    public void Handled(long sequence)
    {
        if (Find(sequence) is { } run) run.Rejections--;
    }

    public void Fail(long sequence, FailedBy by, string name, string message, string? stack, string? details)
    {
        if (sequence == 0)
        {
            loadErrors.Add(name, message, stack);
            return;
        }
        if (Find(sequence) is not { } run) return;
        stack = SourcePositions.CleanStack(stack, run.Context!.Head);
        if (by == FailedBy.UnhandledRejection)
        {
            run.Log(ErrorLevel, $"Unhandled rejection: {stack ?? $"{name}: {message}"}", limits.LogLines, limits.LogBytes, logs);
            // What main returned does not count; what it threw does.
            if (run.Output is not null) run.Refuse(ResultStatus.TaskError, name, $"Unhandled rejection: {message}", details, stack);
            return;
        }
        if (run.Ended) return;
        run.Fail(by == FailedBy.InvalidOutput ? ResultStatus.InvalidOutput : ResultStatus.TaskError, name, message, stack, details);
        Ended.Add(run);
    }

    private Trace Now => Current?.Trace ?? (over ? Nobodys : Loading);

    private Run? Find(long sequence) => turn?.Sequence == sequence ? turn : waiting.GetValueOrDefault(sequence);

    private string Refused()
    {
        if (!over && Current is null) return NotNow;
        if (over) GiveUpContext();
        return Over;
    }

    /// <summary>What the ended run's code would have made may be waited for by every later run of the context; those begin in another one.</summary>
    private void GiveUpContext()
    {
        if (turn?.Context is { } context) context.Retired = true;
    }

    /// <summary>Null when it is on its way, else the answer in its place.</summary>
    private string? Send(int call, string method, string url, string headers, string? body, bool binary, out int bodyBytes)
    {
        bodyBytes = 0;
        // Before anything is copied: what the frame could not carry would end the process, and whoever shares it.
        if ((long)method.Length + url.Length + headers.Length > FrameLimits.FetchHeadChars)
            return $"!NetworkError\nthe request's method, URL and headers are longer than {FrameLimits.FetchHeadChars} characters together";
        if (open.Bytes + (body?.Length ?? 0) > FrameLimits.FetchOpenBytes) return TooMuchOpen;
        byte[]? bytes = body is null ? null : binary ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body);
        if (bytes?.Length > FrameLimits.FetchRequestBytes) return $"!NetworkError\nthe request's body is larger than {FrameLimits.FetchRequestBytes} bytes";
        bodyBytes = bytes?.Length ?? 0;
        if (open.Bytes + bodyBytes > FrameLimits.FetchOpenBytes) return TooMuchOpen;
        string[] lines = headers.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > FrameLimits.FetchHeaders) return $"!NetworkError\nthe request has more than {FrameLimits.FetchHeaders} headers";
        // The prelude writes no such line, unless a task has taken the prelude's check away.
        if (Array.Exists(lines, line => !line.Contains(':', StringComparison.Ordinal))) return "!NetworkError\na header has a line break";
        KeyValuePair<string, string>[] pairs = Array.ConvertAll(lines, line =>
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            return new KeyValuePair<string, string>(line[..colon], line[(colon + 1)..]);
        });
        outbox.Send(new FetchCallFrame(Current!.Sequence, call, method, url, pairs, bytes), static (to, frame) => frame.Write(to));
        return null;
    }
}
