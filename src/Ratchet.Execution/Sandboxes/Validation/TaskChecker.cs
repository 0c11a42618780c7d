using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>Loads tasks in a process that serves nothing else and is thrown away: their top-level code runs there, and is trusted with nothing.</summary>
internal sealed class TaskChecker(SandboxOptions options, SandboxProgram program, TimeProvider time, SandboxMetrics metrics) : IDisposable
{
    private const string MainFile = "main.js";

    // One check at a time, and one process for those that wait in line: its start costs more than all the rest of a check.
    private readonly SemaphoreSlim turn = new(1);
    private int waiting;
    private (SandboxProcess Process, Session Session)? kept;

    /// <exception cref="RatchetException">No process can be started.</exception>
    public async Task<IReadOnlyList<TaskProblem>> CheckAsync(TaskPackage package, CancellationToken cancel)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await turn.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref waiting);
            throw;
        }

        IReadOnlyList<TaskProblem>? problems = null;
        try
        {
            problems = await LoadAsync(package, cancel);
            return problems;
        }
        finally
        {
            // Whatever is not plainly good ends the process: the next task must not meet what this one left.
            bool last = Interlocked.Decrement(ref waiting) == 0;
            if (last || problems is not { Count: 0 }) Retire();
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<TaskProblem>> LoadAsync(TaskPackage package, CancellationToken cancel)
    {
        RunLimits limits = RunLimits.Of(package.Execution, options);
        try
        {
            (SandboxProcess process, Session session) = await ProcessAsync(cancel);
            Task<LoadProblem[]> loaded = session.NextLoaded();
            process.LimitMemory((long)(limits.HeapMb + options.MemoryAllowanceMb) << 20);
            process.Send(LoadFrames.Of(package, checkAll: true, options.ContextRuns, limits), static (to, frame) => frame.Write(to));
            LoadProblem[] problems = await loaded.WaitAsync(options.LoadTimeout, time, cancel);
            return Array.ConvertAll(problems, problem => new TaskProblem(problem.File, problem.Line, problem.Column, problem.Message));
        }
        catch (TimeoutException)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The task was not loaded within {options.LoadTimeout.TotalSeconds} s: its top-level code or its schemas do not end.")];
        }
        catch (DeathException e) when (e.Death.IsOutOfMemory)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The task used more memory than its {limits.HeapMb} MiB while it was loaded.")];
        }
        catch (DeathException e)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The sandbox process ended while the task was loaded ({e.Death.Summary}).")];
        }
    }

    private async Task<(SandboxProcess Process, Session Session)> ProcessAsync(CancellationToken cancel)
    {
        if (kept is { } there) return there;
        var session = new Session();
        SandboxProcess process = SandboxProcess.Start(program, session);
        kept = (process, session);
        metrics.Started();
        process.Listen();
        try
        {
            await session.Hello.Task.WaitAsync(options.StartTimeout, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new RatchetException($"The sandbox did not start within {options.StartTimeout.TotalSeconds} s: {program.Assembly}.");
        }
        return (process, session);
    }

    public void Dispose() => turn.Dispose();

    private void Retire()
    {
        kept?.Process.Kill(KillCause.Retired);
        kept = null;
    }

    private sealed class DeathException(Death death) : Exception(death.Summary)
    {
        public Death Death { get; } = death;
    }

    private sealed class Session : ISandboxListener
    {
        public TaskCompletionSource Hello { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly Lock gate = new();
        private TaskCompletionSource<LoadProblem[]> loaded = NewSource();
        private Death? death;

        /// <summary>The answer to the load that is sent next.</summary>
        public Task<LoadProblem[]> NextLoaded()
        {
            lock (gate)
            {
                loaded = NewSource();
                if (death is not null) loaded.TrySetException(new DeathException(death));
                return loaded.Task;
            }
        }

        private static TaskCompletionSource<LoadProblem[]> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnEvents(SandboxProcess process, List<ChildEvent> events)
        {
            foreach (ChildEvent happened in events)
            {
                if (happened.Type == FrameType.Hello) Hello.TrySetResult();
                else if (happened.Type == FrameType.Loaded) Answer((LoadProblem[])happened.Other!);
                else process.Kill(KillCause.Protocol);
            }
        }

        private void Answer(LoadProblem[] problems)
        {
            lock (gate) loaded.TrySetResult(problems);
        }

        public void OnDeath(SandboxProcess process, Death death)
        {
            Hello.TrySetException(new RatchetException($"The sandbox cannot be started ({death.Summary})."));
            lock (gate)
            {
                this.death = death;
                loaded.TrySetException(new DeathException(death));
                _ = loaded.Task.Exception;
            }
            // Whoever waited for one of them has heard; the other is nobody's.
            _ = Hello.Task.Exception;
        }
    }
}
