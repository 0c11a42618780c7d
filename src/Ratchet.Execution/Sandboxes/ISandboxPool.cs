using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes;

/// <summary>
/// The node's sandbox processes. Nothing else talks to them. A dead process is a normal outcome: executions that only shared it are run again,
/// one by one, within the pool, so that the one that ends processes names itself.
/// </summary>
public interface ISandboxPool : IAsyncDisposable
{
    /// <summary>How many executions can be on their way at once before more of them only wait; grows and shrinks with how fast they end.</summary>
    int Capacity { get; }

    /// <summary>Executions handed over and not ended.</summary>
    int InFlight { get; }

    /// <summary>Why processes cannot be started now, in a sentence; null when they can, as far as is known. It is tried again all the time, and <see cref="Capacity"/> is that of the processes there are.</summary>
    string? Trouble { get; }

    /// <summary>What stands around the processes.</summary>
    SandboxWalls Walls { get; }

    /// <summary>Starts the warm spares; completes when the first process is ready.</summary>
    /// <exception cref="RatchetException">The sandbox program cannot be started (missing, wrong architecture): says which file.</exception>
    Task StartAsync(CancellationToken cancel);

    /// <summary>
    /// Hands over an execution. <paramref name="done"/> is called exactly once, on a thread of the pool, with <paramref name="state"/>; it must not block.
    /// When <paramref name="cancel"/> fires the script is interrupted and the outcome's failure is Cancelled.
    /// </summary>
    void Run(RunRequest request, Action<object?, RunOutcome> done, object? state, CancellationToken cancel);

    Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancel);

    /// <summary>
    /// Holds inputs against a task's input schema in a process that never runs task code. One entry an input: null when valid.
    /// </summary>
    Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateInputsAsync(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs, CancellationToken cancel);

    /// <summary>Loads a task in a process of its own: compiles both schemas and <c>main.js</c> and finds its function. Empty when it can run.</summary>
    Task<IReadOnlyList<TaskProblem>> CheckAsync(TaskPackage package, CancellationToken cancel);
}
