using Microsoft.ClearScript;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>How runs end, and what is told of it.</summary>
internal sealed partial class Executor
{
    /// <summary>Sends what has ended, which may be other runs than the one whose code ran: they can wait for a promise that it settles.</summary>
    private void AfterScript(Run run)
    {
        if (run.Ended) Finish(run);
        else if (waiting.TryAdd(run.Sequence, run))
        {
            run.Context!.Waiting++;
            outbox.Send(run.Sequence, WritePending);
        }
        // How they end may end others.
        for (int i = 0; i < calls!.Ended.Count; i++) if (calls.Ended[i] != run) Finish(calls.Ended[i]);
        calls.Ended.Clear();
        if (!continuationsLost) return;
        continuationsLost = false;
        if (waiting.Count == 0) return;
        // Those who wait may wait for ever now; they have to be run again.
        outbox.Flush();
        ProcessLimits.Exit(ExitCodes.ContinuationsLost);
    }

    private void Finish(Run run)
    {
        if (run.Rejections > 0) Judge(run);
        if (run.Status != ResultStatus.RecordingEnded) (run.Trace as ReplayTrace)?.End();
        if (run.Output is not null) CheckOutput(run);
        LetGo(run, waited: waiting.Remove(run.Sequence));
        Send(run);
    }

    private void Judge(Run run)
    {
        // What is said of an error may be code of the task.
        if (run.Status is ResultStatus.Output or ResultStatus.TaskError or ResultStatus.InvalidOutput && Enter(run, run.Context!.Engine))
        {
            try
            {
                run.Context.Judge(run.Sequence);
            }
            catch (ScriptEngineException e)
            {
                run.Refuse(ResultStatus.TaskError, "Error", e.Message);
            }
            catch (ScriptInterruptedException)
            {
                Interrupted(run);
                run.Refuse(ResultStatus.InterruptedRunning, "Timeout", "The run was interrupted.");
            }
            Leave(run);
        }
    }

    private void LetGo(Run run, bool waited)
    {
        foreach (FetchReplyFrame reply in (run.Trace as ReplayTrace)?.TakeReplies() ?? []) open.Take(reply.Call, out _);
        TaskContext context = run.Context!;
        if (waited) context.Waiting--;
        // What it has asked for goes on while others wait in its context: they may wait for that. With the last of them it ends, and so does the context: what was to become of
        // it, a token in a variable of the task's for instance, would never be settled for the runs that come.
        if (context is { Waiting: 0, OpenCalls: > 0 })
        {
            context.Retired = true;
            foreach (int call in open.Abandon(context)) outbox.Send(new FetchAbortFrame(call), static (to, frame) => frame.Write(to));
        }
        bool last = context is { Retired: true, Waiting: 0 };
        if (run.Outstanding + run.Rejections > 0 && !last) context.Drop(run.Sequence);
        if (last) context.Dispose();
    }

    /// <summary>The process has nothing to do. True when there is something after all, once runs that would have waited for ever have made room.</summary>
    private bool Idle()
    {
        bool ended = EndForgotten();
        outbox.Idle();
        return ended && backlog.Count > 0;
    }

    /// <summary>
    /// Ends the runs that wait for a promise that nothing is going to settle: no call and no timer is open in their context, and no other run has been handed
    /// over whose code could do it.
    /// </summary>
    private bool EndForgotten()
    {
        if (waiting.Count == 0) return false;
        List<Run>? forgotten = null;
        foreach (Run run in waiting.Values)
        {
            if (run.Outstanding == 0 && !IsStirring(run.Context!)) (forgotten ??= []).Add(run);
        }
        if (forgotten is null) return false;
        foreach (Run run in forgotten)
        {
            run.Fail(ResultStatus.TaskError, "UnsettledPromiseError", "main returned a promise that nothing is going to settle: no fetch and no timer of it is under way.");
            // Such as an error in what was to settle it.
            if (run.Rejections > 0) Judge(run);
            interrupts.Forget(run.Sequence);
            waiting.Remove(run.Sequence);
            // Whoever came after it would wait for the same.
            run.Context!.Retired = true;
            LetGo(run, waited: true);
            Send(run);
        }
        return true;
    }

    /// <summary>Whether one of the runs that wait in it will go on.</summary>
    private bool IsStirring(TaskContext context)
    {
        if (context.OpenCalls > 0) return true;
        foreach (Run run in waiting.Values) if (run.Outstanding > 0 && run.Context == context) return true;
        return false;
    }
}
