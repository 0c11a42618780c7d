using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>Runs that are given what recorded ones were given.</summary>
internal sealed partial class Executor
{
    private const string RecordingEnded = "The recorded run was stopped here.";

    private static Trace TraceFor(RunWork work) => work.Replay is { } replay
        ? new ReplayTrace(replay.Calls, replay.Seed, replay.Complete, StartOf(replay), replay.Stopped)
        : new LiveTrace(work.Trace != TraceWanted.No);

    /// <summary>Has a replay stop where its code asks for more than the recorded run did before it was stopped.</summary>
    private void StopWithRecording(Run run)
    {
        if (run.Trace is ReplayTrace replay) replay.Stop = () =>
        {
            run.Fail(ResultStatus.RecordingEnded, "Timeout", RecordingEnded);
            interrupts.Request(run.Sequence);
        };
    }

    private static ReplayTrace LoadingOf(TraceFrame replay) => new(replay.Load, replay.LoadSeed, replay.Complete, StartOf(replay));

    /// <summary>The first time that the recording knows; the present when it knows none.</summary>
    private static long StartOf(TraceFrame replay)
    {
        foreach (byte[] part in (byte[][])[replay.Load, replay.Calls])
            foreach (TraceEntry entry in TraceFormat.Read(part, FrameLimits.TraceBytes)) if (entry.Kind == TraceKind.Time) return entry.Value;
        return TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Gives a replay that waits what it waits for, until it has ended or the next answer is not there yet.</summary>
    private void GoOn(Run run)
    {
        var replay = (ReplayTrace)run.Trace;
        while (!run.Ended && waiting.ContainsKey(run.Sequence))
        {
            switch (replay.Next(out int number, out FetchReplyFrame? reply))
            {
                case ReplayStep.Timer:
                    run.Outstanding--;
                    Resume(run, context => context.Fire(run.Sequence, number));
                    break;
                case ReplayStep.Reply when reply is not null:
                    open.Take(reply.Call, out _);
                    Resume(run, context => context.Reply(run.Sequence, reply.Call, ReplyText.Of(reply)));
                    break;
                case ReplayStep.End when run.Outstanding > 0:
                    run.Fail(ResultStatus.RecordingEnded, "Timeout", RecordingEnded);
                    Finish(run);
                    return;
                default:
                    return;
            }
        }
    }
}
