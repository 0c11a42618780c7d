using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>Loads a task in a process that is thrown away: its top-level code runs there, and is trusted with nothing.</summary>
internal sealed class TaskChecker(SandboxOptions options, SandboxProgram program, TimeProvider time, SandboxMetrics metrics)
{
    private const string MainFile = "main.js";

    /// <exception cref="RatchetException">No process can be started.</exception>
    public async Task<IReadOnlyList<TaskProblem>> CheckAsync(TaskPackage package, CancellationToken cancel)
    {
        var session = new Session();
        SandboxProcess process = SandboxProcess.Start(program, session);
        metrics.Started();
        process.Listen();
        try
        {
            try
            {
                await session.Hello.Task.WaitAsync(options.StartTimeout, time, cancel);
            }
            catch (TimeoutException)
            {
                throw new RatchetException($"The sandbox did not start within {options.StartTimeout.TotalSeconds} s: {program.Assembly}.");
            }
            process.Send(LoadFrames.Of(package, checkAll: true, options.ContextRuns), static (to, frame) => frame.Write(to));
            LoadProblem[] problems = await session.Loaded.Task.WaitAsync(options.LoadTimeout, time, cancel);
            return Array.ConvertAll(problems, problem => new TaskProblem(problem.File, problem.Line, problem.Column, problem.Message));
        }
        catch (TimeoutException)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The task was not loaded within {options.LoadTimeout.TotalSeconds} s: its top-level code or its schemas do not end.")];
        }
        catch (DeathException e) when (e.Death.IsOutOfMemory)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The task used more memory than its {package.Execution.HeapMb} MiB while it was loaded.")];
        }
        catch (DeathException e)
        {
            return [new TaskProblem(MainFile, 0, 0, $"The sandbox process ended while the task was loaded ({e.Death.Summary}).")];
        }
        finally
        {
            process.Kill(KillCause.Retired);
        }
    }

    private sealed class DeathException(Death death) : Exception(death.Summary)
    {
        public Death Death { get; } = death;
    }

    private sealed class Session : ISandboxListener
    {
        public TaskCompletionSource Hello { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource<LoadProblem[]> Loaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnEvents(SandboxProcess process, List<ChildEvent> events)
        {
            foreach (ChildEvent happened in events)
            {
                if (happened.Type == FrameType.Hello) Hello.TrySetResult();
                else if (happened.Type == FrameType.Loaded) Loaded.TrySetResult((LoadProblem[])happened.Other!);
                else process.Kill(KillCause.Protocol);
            }
        }

        public void OnDeath(SandboxProcess process, Death death)
        {
            Hello.TrySetException(new RatchetException($"The sandbox cannot be started ({death.Summary})."));
            Loaded.TrySetException(new DeathException(death));
            // Whoever waited for one of them has heard; the other is nobody's.
            _ = Hello.Task.Exception;
            _ = Loaded.Task.Exception;
        }
    }
}
