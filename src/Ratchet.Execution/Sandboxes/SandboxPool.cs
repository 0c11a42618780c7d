using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Execution.Sandboxes.Validation;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes;

/// <summary>The sandbox processes of one node.</summary>
public sealed class SandboxPool : ISandboxPool
{
    private readonly SandboxMetrics metrics = new();
    private readonly RunScheduler scheduler;
    private readonly Caretaker caretaker;
    private readonly ValidationLanes validator;
    private readonly TaskChecker checker;
    private readonly bool warmValidator;
    private readonly TimeSpan maxTimeout;
    private int started;

    /// <exception cref="RatchetException">An option is out of its range, or the sandbox program is not where it should be.</exception>
    public SandboxPool(SandboxOptions options, IFetchBroker fetch, TimeProvider time, ILogger<SandboxPool> logger) : this(options, fetch, time, logger, null)
    {
    }

    private SandboxPool(SandboxOptions options, IFetchBroker fetch, TimeProvider time, ILogger<SandboxPool> logger, int? inspectPort)
    {
        options.Validate();
        warmValidator = options.WarmValidator;
        maxTimeout = options.MaxTimeout;
        // Nothing to be tried where no walls are built.
        SandboxProgram program = SandboxProgram.Ready(inspectPort is null ? options : options with { Isolation = IsolationWish.None, User = null });
        SandboxProgram runs = inspectPort is { } port ? program.Inspected(port) : program;
        Walls = runs.Walls;
        SandboxLog.WallsInForce(logger, Walls.Name, Walls.User?.ToString() ?? "its own");
        scheduler = new RunScheduler(options, runs, time, new FetchBridge(fetch, logger), metrics, logger, timeless: inspectPort is not null);
        metrics.Observe(() => scheduler.SpareCount, () => scheduler.ServingCount);
        caretaker = new Caretaker(scheduler, time);
        validator = new ValidationLanes(options, program, time, metrics, logger);
        checker = new TaskChecker(options, program, time, metrics);
    }

    /// <summary>
    /// A pool for one author on one machine: its processes have no walls, no run has a deadline, and V8's inspector listens on a port of the loopback. A task that is loaded
    /// waits at its first line for a debugger.
    /// </summary>
    /// <exception cref="RatchetException">As the constructor.</exception>
    public static SandboxPool ToDebug(SandboxOptions options, int inspectPort, IFetchBroker fetch, TimeProvider time, ILogger<SandboxPool> logger) =>
        new(options, fetch, time, logger, inspectPort);

    public int Capacity => scheduler.Capacity;

    public string? Trouble => scheduler.Trouble;

    public int InFlight => scheduler.InFlight;

    public SandboxWalls Walls { get; }

    /// <summary>Ids of the processes that live, for tests that end one.</summary>
    internal IReadOnlyList<int> ProcessIds => scheduler.ProcessIds;

    /// <summary>Processes that wait for a task.</summary>
    internal int Spares => scheduler.SpareCount;

    /// <summary>Ids of the processes that serve a task.</summary>
    internal IReadOnlyList<int> ServingProcesses => scheduler.ServingIds;

    public Task StartAsync(CancellationToken cancel)
    {
        // Called again by whoever has to wait for it.
        if (Interlocked.Exchange(ref started, 1) == 0)
        {
            caretaker.Start();
            if (warmValidator) _ = WarmValidatorAsync();
        }
        return scheduler.Ready.WaitAsync(cancel);
    }

    /// <summary>After the first process for tasks: two starts at once would make both of them, and the server's own, slower.</summary>
    private async Task WarmValidatorAsync()
    {
        await scheduler.Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        validator.WarmUp();
    }

    public void Run(RunRequest request, Action<object?, RunOutcome> done, object? state, CancellationToken cancel)
    {
        if (request.Timeout > maxTimeout) request = request with { Timeout = maxTimeout };
        var run = new PoolRun(request, done, state);
        scheduler.Submit(run);
        if (!cancel.CanBeCanceled) return;
        run.Cancellation = cancel.UnsafeRegister(static state => ((Action)state!)(), () => scheduler.Cancel(run));
        if (run.Ended) run.Cancellation.Unregister();
    }

    public Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancel)
    {
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Run(request, static (state, outcome) => ((TaskCompletionSource<RunOutcome>)state!).SetResult(outcome), outcome, cancel);
        return outcome.Task;
    }

    public Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateInputsAsync(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs, CancellationToken cancel) =>
        validator.ValidateAsync(package, inputs, cancel);

    public Task<IReadOnlyList<TaskProblem>> CheckAsync(TaskPackage package, CancellationToken cancel) => checker.CheckAsync(package, cancel);

    public async ValueTask DisposeAsync()
    {
        validator.Dispose();
        checker.Dispose();
        await scheduler.StopAsync();
        caretaker.Stop();
        metrics.Dispose();
    }
}
