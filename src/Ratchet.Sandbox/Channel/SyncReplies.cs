using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>Where the execution thread waits for the one answer that a synchronous <c>fetch</c> blocks on.</summary>
internal sealed class SyncReplies
{
    private readonly object gate = new();
    private int awaited;
    private FetchReplyFrame? answer;
    private bool woken;

    public void Expect(int call)
    {
        lock (gate)
        {
            awaited = call;
            answer = null;
            woken = false;
        }
    }

    /// <summary>The answer, or null when the wait was ended by an interrupt.</summary>
    public FetchReplyFrame? Wait()
    {
        lock (gate)
        {
            while (answer is null && !woken) Monitor.Wait(gate);
            awaited = 0;
            return answer;
        }
    }

    /// <summary>False when nobody blocks on this call.</summary>
    public bool TryAnswer(FetchReplyFrame reply)
    {
        lock (gate)
        {
            if (awaited != reply.Call) return false;
            answer = reply;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    public void Wake()
    {
        lock (gate)
        {
            woken = true;
            Monitor.PulseAll(gate);
        }
    }
}
