using Microsoft.ClearScript;
using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Sandbox.Execution;

/// <summary>The execution thread: the only one that enters V8. Runs begin in the order of their arrival; those that await interleave.</summary>
internal sealed partial class Executor(WorkQueue queue, Outbox outbox, RunLogs logs, Interrupts interrupts, SyncReplies replies, SchemaEngine schemas)
{
    private readonly Dictionary<long, Run> waiting = [];
    private readonly Queue<RunWork> backlog = new();
    private readonly SchemaSlots slots = new(schemas);
    private readonly LoadErrors loadErrors = new();
    private readonly Timers timers = new();
    private readonly OpenCalls open = new();
    private readonly CpuWatch cpu = new(interrupts);
    private HostCalls? calls;
    private TaskHost? task;
    private LoadProblem? loadProblem = new LoadProblem("main.js", 0, 0, "No task is loaded.");
    private LoadFrame? loaded;
    private long lastStarted;
    private bool continuationsLost;

    /// <summary>Where on the loopback the tasks that are loaded from now on can be debugged; null for nowhere.</summary>
    public int? InspectPort { get; set; }

    public void Loop()
    {
        Action busy = outbox.Busy;
        Func<bool> idle = Idle;
        while (true)
        {
            Work? work = queue.Take(timers.Wait(), busy, idle);
            if (work is not null) Do(work);
            while (timers.TryTake(out Run run, out int number))
            {
                busy();
                run.Trace.Note(TraceKind.Timer, number);
                Resume(run, context => context.Fire(run.Sequence, number));
            }
            while (backlog.Count > 0 && waiting.Count < FrameLimits.PendingRuns)
            {
                busy();
                Start(backlog.Dequeue());
            }
        }
    }

    public void Do(Work work)
    {
        switch (work)
        {
            case RunWork run when waiting.Count < FrameLimits.PendingRuns && backlog.Count == 0: Start(run); break;
            case RunWork run: backlog.Enqueue(run); break;
            case ReplyWork reply: Answer(reply.Frame); break;
            case CancelWork cancel: Cancel(cancel.Sequence); break;
            case LoadWork load: Load(load.Frame); break;
            case SchemaWork schema: slots.Load(schema); break;
            case ValidateWork validate: outbox.SendLast(slots.Validate(validate), static (to, frame) => frame.Write(to)); break;
        }
    }

    private void Load(LoadFrame frame)
    {
        task?.Dispose();
        task = null;
        loaded = frame;
        cpu.Limit(frame.CpuMilliseconds);
        calls = new HostCalls(frame, outbox, logs, replies, open, timers, loadErrors, waiting);
        var problems = new List<LoadProblem>();
        try
        {
            task = new TaskHost(frame, calls, loadErrors, schemas, InspectPort);
            if (frame.CheckAll) _ = task.InputSchema;
        }
        catch (LoadException e)
        {
            problems.Add(Problem("main.js", e.Message, e.Line, e.Column));
        }
        catch (SchemaException e)
        {
            problems.Add(Problem(e.File, e.Message));
        }
        if (problems.Count > 0 && frame.CheckAll) CheckRest(frame, problems);
        loadProblem = problems.Count > 0 ? problems[0] : null;
        outbox.Send(problems, LoadedFrame.Write);
        // Before a run can end the process: until the parent has this, it blames the task's loading, and with it all runs that wait.
        outbox.Flush();
    }

    /// <summary>One problem is no reason to keep the others back from an author.</summary>
    private void CheckRest(LoadFrame frame, List<LoadProblem> problems)
    {
        foreach ((string file, string text) in new[] { (SchemaFiles.Input, frame.InputSchema), (SchemaFiles.Output, frame.OutputSchema) })
        {
            if (problems.Exists(problem => problem.File == file)) continue;
            try
            {
                schemas.Release(schemas.Compile(file, text));
            }
            catch (SchemaException e)
            {
                problems.Add(Problem(file, e.Message));
            }
        }
    }

    /// <summary>The message is the task's, and as long as it likes.</summary>
    private static LoadProblem Problem(string file, string message, int line = 0, int column = 0) =>
        new(file, line, column, message.Length <= ErrorLimits.MessageChars ? message : message[..ErrorLimits.MessageChars]);

    private void Start(RunWork work)
    {
        var run = new Run(work.Sequence, TraceFor(work), work.Trace);
        StopWithRecording(run);
        lastStarted = work.Sequence;
        run.Begin();
        try
        {
            if (task is null || loadProblem is not null) throw new LoadException($"{loadProblem?.File}: {loadProblem?.Message}");
            if (work.ValidateInput && !InputIsValid(run, work.Input)) return;
            TaskContext context = work.Replay is null ? task.Context(loadErrors) : task.ContextFor(LoadingOf(work.Replay), loadErrors);
            run.Context = context;
            run.NumberInContext = context.Begun + 1;
            if (!Enter(run, context.Engine))
            {
                NotStarted(run);
                return;
            }
            if (work.Profile) run.Profile = new RunProfile(task.Runtime, context.Head);
            if (work.Announce) outbox.Send(run.Sequence, WriteStarted);
            string? output = null;
            try
            {
                output = context.Run(run.Sequence, work.Input, work.Ids);
            }
            catch (ScriptEngineException e)
            {
                run.Fail(ResultStatus.TaskError, "Error", e.Message, SourcePositions.CleanStack(e.ErrorDetails, context.Head));
            }
            catch (ScriptInterruptedException)
            {
                Interrupted(run);
            }
            Leave(run);
            if (output is not null) run.Complete(output);
            AfterScript(run);
            if (work.Replay is not null) GoOn(run);
        }
        catch (LoadException e)
        {
            run.Fail(ResultStatus.Configuration, "ConfigurationError", e.Message);
            Send(run);
        }
        catch (SchemaException e)
        {
            run.Fail(ResultStatus.Configuration, "ConfigurationError", $"{e.File}: {e.Message}");
            Send(run);
        }
    }

    /// <summary>Goes on with a run that waits; false when it does not.</summary>
    private bool Resume(Run run, Action<TaskContext> enter)
    {
        if (run.Ended || !waiting.ContainsKey(run.Sequence)) return false;
        if (!Enter(run, run.Context!.Engine))
        {
            EndWaiting(run);
            return false;
        }
        try
        {
            enter(run.Context);
        }
        catch (ScriptEngineException e)
        {
            run.Fail(ResultStatus.TaskError, "Error", e.Message, SourcePositions.CleanStack(e.ErrorDetails, run.Context.Head));
        }
        catch (ScriptInterruptedException)
        {
            Interrupted(run);
        }
        Leave(run);
        AfterScript(run);
        return true;
    }

    private bool Enter(Run run, Microsoft.ClearScript.V8.V8ScriptEngine engine)
    {
        if (!interrupts.Enter(run.Sequence, engine)) return false;
        calls!.Turn = run;
        run.Enter();
        cpu.Enter(run);
        return true;
    }

    private void Leave(Run run)
    {
        bool exceeded = cpu.Leave(run);
        run.Leave();
        interrupts.Leave();
        calls!.Turn = null;
        if (exceeded) run.Fail(ResultStatus.CpuExceeded, "CpuLimit", "The run used too much processor time.");
    }

    private void Interrupted(Run run)
    {
        // The recorded run was stopped after its last call; so is this one.
        ResultStatus status = run.Trace is ReplayTrace { IsOver: true } ? ResultStatus.RecordingEnded
            : run.CpuExceeded ? ResultStatus.CpuExceeded
            : calls!.WaitedInFetch ? ResultStatus.InterruptedWaiting
            : task!.HeapIsFull ? ResultStatus.HeapFull : ResultStatus.InterruptedRunning;
        run.Fail(status, "Timeout", "The run was interrupted.");
        // Disposed of when the run is finished: the interrupt has yet to be withdrawn from its engine.
        run.Context!.Retired = true;
        // V8 drops the continuations that were due when it is interrupted.
        continuationsLost = true;
    }

    private bool InputIsValid(Run run, string input)
    {
        int schema = task!.InputSchema;
        if (!interrupts.Enter(run.Sequence, schemas.Engine))
        {
            NotStarted(run);
            return false;
        }
        string? errors = OutputCheck.Validate(schemas, schema, input, out bool interrupted);
        interrupts.Leave();
        if (errors is null && !interrupted) return true;
        if (interrupted) run.Fail(ResultStatus.InterruptedRunning, "Timeout", "Validating the input took too long.");
        else run.Fail(ResultStatus.InvalidInput, "InvalidInput", OutputCheck.Sentence("input", errors!), null, errors);
        Send(run);
        return false;
    }

    private void CheckOutput(Run run)
    {
        if (OutputCheck.IsTooLarge(run.Output!, loaded!.OutputBytes))
        {
            run.Refuse(ResultStatus.InvalidOutput, "InvalidOutput", $"The output is larger than the limit of {loaded.OutputBytes} bytes.");
            return;
        }
        if (task!.OutputShape is { } shape && OutputCheck.Matches(shape, run.Output!)) return;
        int schema = task.OutputSchema;
        bool interrupted = !interrupts.Enter(run.Sequence, schemas.Engine);
        string? errors = null;
        if (!interrupted)
        {
            run.Enter();
            errors = OutputCheck.Validate(schemas, schema, run.Output!, out interrupted);
            run.Leave();
            interrupts.Leave();
        }
        if (interrupted) run.Refuse(ResultStatus.InterruptedRunning, "Timeout", "Validating the output took too long.");
        else if (errors is not null) run.Refuse(ResultStatus.InvalidOutput, "InvalidOutput", OutputCheck.Sentence("output", errors), errors);
    }

    private void Answer(FetchReplyFrame reply)
    {
        if (open.Find(reply.Call, out int number) is { Trace: ReplayTrace replay } replayed)
        {
            // To the script it is under way until it is its turn.
            replay.AddReply(number, reply);
            GoOn(replayed);
            return;
        }
        if (open.Take(reply.Call, out _) is not { } run) return;
        if (!run.Ended) run.Trace.Note(TraceKind.Reply, number);
        // Others may wait for what an ended run has asked for.
        while (TurnFor(run) is { } turn)
        {
            if (Resume(turn, context => context.Reply(turn.Sequence, reply.Call, ReplyText.Of(reply)))) return;
        }
    }

    /// <summary>The run itself if it waits, else another one of its context that does; null when there is none.</summary>
    private Run? TurnFor(Run owner)
    {
        if (waiting.ContainsKey(owner.Sequence)) return owner;
        foreach (Run run in waiting.Values) if (run.Context == owner.Context) return run;
        return null;
    }

    private void Cancel(long sequence)
    {
        if (waiting.TryGetValue(sequence, out Run? run)) EndWaiting(run);
        else if (sequence <= lastStarted) interrupts.Forget(sequence);
    }

    private void EndWaiting(Run run)
    {
        interrupts.Forget(run.Sequence);
        run.Fail(run.Outstanding > 0 ? ResultStatus.InterruptedWaiting : ResultStatus.InterruptedForgotten, "Timeout", "The run was interrupted while it waited.");
        // Whatever it was in the middle of may stay so for the runs that come.
        run.Context!.Retired = true;
        waiting.Remove(run.Sequence);
        LetGo(run, waited: true);
        Send(run);
    }

    private void NotStarted(Run run) => outbox.Send(run.Sequence, static (to, sequence) =>
    {
        to.Begin(FrameType.NotStarted);
        to.Int64(sequence);
        to.End();
    });

    private static void WritePending(FrameWriter to, long sequence)
    {
        to.Begin(FrameType.Pending);
        to.Int64(sequence);
        to.End();
    }

    private static void WriteStarted(FrameWriter to, long sequence)
    {
        to.Begin(FrameType.Started);
        to.Int64(sequence);
        to.End();
    }

    private void Send(Run run)
    {
        run.Profile?.Send(run.Sequence, outbox);
        run.EndLog(logs);
        outbox.SendLast(run, static (to, run) => run.Write(to));
    }
}
