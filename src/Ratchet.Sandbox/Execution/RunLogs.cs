using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// The logs of the runs that have said something and have not ended. They are sent when the parent asks, by the thread that reads its frames: whatever code is executing, and at no cost while nobody asks.
/// </summary>
internal sealed class RunLogs(Outbox outbox)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, RunLog> speaking = [];

    /// <summary>A run has said its first line.</summary>
    public void Add(RunLog log)
    {
        lock (gate) speaking[log.Sequence] = log;
    }

    public void Remove(RunLog log)
    {
        lock (gate) speaking.Remove(log.Sequence);
    }

    /// <param name="sequence">Of a run, or <see cref="LogFrame.AllLong"/>.</param>
    public void Collect(long sequence)
    {
        RunLog[] asked;
        lock (gate)
        {
            if (sequence == LogFrame.AllLong) asked = [.. speaking.Values.Where(log => log.Age >= LogFrame.Unasked)];
            else asked = speaking.TryGetValue(sequence, out RunLog? log) ? [log] : [];
        }
        foreach (RunLog log in asked) outbox.Send(log, static (to, log) => log.WriteUnsent(to));
    }
}
