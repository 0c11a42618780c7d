using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>V8's samples of where a run's processor time goes, from its making to its sending. Runs that are in the isolate at the same time are in it as well.</summary>
internal sealed class RunProfile
{
    private const string Name = "run";

    private readonly V8Runtime runtime;
    private readonly int head;

    /// <param name="head">Characters before the author's first on line 1 of main.js.</param>
    public RunProfile(V8Runtime runtime, int head)
    {
        (this.runtime, this.head) = (runtime, head);
        runtime.BeginCpuProfile(Name, V8CpuProfileFlags.EnableSampleCollection);
    }

    /// <summary>Ends it. One that is larger than what may be sent is not sent.</summary>
    public void Send(long sequence, Outbox outbox)
    {
        byte[] json = CpuProfileJson.Of(runtime.EndCpuProfile(Name), head);
        if (json.Length > FrameLimits.ProfileBytes) return;
        foreach (byte[] part in json.Chunk(FrameLimits.ProfilePartBytes)) outbox.Send((sequence, part), static (to, frame) => ProfileFrame.Write(to, frame.sequence, frame.part));
    }
}
