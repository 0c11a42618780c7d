using System.Security.Cryptography;
using System.Text;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>Answers the prelude for the run whose code is executing.</summary>
internal sealed class HostCalls(LoadFrame limits, Outbox outbox, SyncReplies replies, OpenCalls open, Timers timers, LoadErrors loadErrors, Dictionary<long, Run> waiting) : IHostCalls
{
    private const string NotNow = "!NetworkError\nfetch is not available while a task is being loaded; call it within the function";

    /// <summary>Whose code is executing; null while a task is being loaded.</summary>
    public Run? Current { get; set; }

    /// <summary>Runs that have ended since it was last looked at.</summary>
    public List<Run> Ended { get; } = [];

    /// <summary>Whether the current run was interrupted in a synchronous fetch.</summary>
    public bool WaitedInFetch { get; private set; }

    public void Log(byte level, string text) => Current?.Log(level, text, limits.LogLines, limits.LogBytes);

    public int SetTimer(int milliseconds) => Current is { Ended: false } run ? timers.Add(run, milliseconds) : 0;

    public void ClearTimer(int id) => timers.Remove(id);

    public string FetchNow(string method, string url, string headers, string? body, bool binary)
    {
        if (Current is null or { Ended: true }) return NotNow;
        WaitedInFetch = false;
        int call = open.Next();
        replies.Expect(call);
        string? refused = Send(call, method, url, headers, body, binary);
        if (refused is not null) return refused;
        outbox.Idle();
        FetchReplyFrame? reply = replies.Wait();
        WaitedInFetch = reply is null;
        // The interrupt takes effect when V8 is back in the script; what is returned here is never seen.
        return reply is null ? "!NetworkError\ninterrupted" : ReplyText.Of(reply);
    }

    public string? Fetch(string method, string url, string headers, string? body, bool binary, out int call)
    {
        call = 0;
        if (Current is null or { Ended: true }) return NotNow;
        if (open.IsFull) return "!NetworkError\ntoo many requests at once: await some of them first";
        call = open.Next();
        string? refused = Send(call, method, url, headers, body, binary);
        if (refused is null) open.Add(call, Current);
        return refused;
    }

    public void Abort(int call)
    {
        if (open.Abandon(call)) outbox.Send(new FetchAbortFrame(call), static (to, frame) => frame.Write(to));
    }

    public string Random(int count)
    {
        byte[] bytes = new byte[count];
        RandomNumberGenerator.Fill(bytes);
        return ByteText.Of(bytes);
    }

    public void Done(long sequence, string output)
    {
        if (Find(sequence) is not { Ended: false } run) return;
        run.Complete(output);
        Ended.Add(run);
    }

    public void Fail(long sequence, bool invalidOutput, string name, string message, string? stack, string? details)
    {
        if (sequence == 0)
        {
            loadErrors.Add(name, message, stack);
            return;
        }
        if (Find(sequence) is not { Ended: false } run) return;
        run.Fail(invalidOutput ? ResultStatus.InvalidOutput : ResultStatus.TaskError, name, message, SourcePositions.CleanStack(stack, run.Context!.Head), details);
        Ended.Add(run);
    }

    private Run? Find(long sequence) => Current?.Sequence == sequence ? Current : waiting.GetValueOrDefault(sequence);

    /// <summary>Null when it is on its way, else the answer in its place.</summary>
    private string? Send(int call, string method, string url, string headers, string? body, bool binary)
    {
        byte[]? bytes = body is null ? null : binary ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body);
        if (bytes?.Length > FrameLimits.FetchRequestBytes) return $"!NetworkError\nthe request's body is larger than {FrameLimits.FetchRequestBytes} bytes";
        string[] lines = headers.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > FrameLimits.FetchHeaders) return $"!NetworkError\nthe request has more than {FrameLimits.FetchHeaders} headers";
        KeyValuePair<string, string>[] pairs = Array.ConvertAll(lines, line =>
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            return new KeyValuePair<string, string>(line[..colon], line[(colon + 1)..]);
        });
        outbox.Send(new FetchCallFrame(Current!.Sequence, call, method, url, pairs, bytes), static (to, frame) => frame.Write(to));
        return null;
    }
}
