using Ratchet.Execution.Nodes;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Nodes;

/// <summary>A pool whose runs end when the test says so: the order of events is the test's, which real processes would not allow.</summary>
internal sealed class HeldPool : ISandboxPool
{
    public List<(RunRequest Request, CancellationToken Cancel, Action<RunOutcome> End)> Held { get; } = [];

    public int Capacity => 100;
    public string? Trouble => null;
    public int InFlight => Held.Count;
    public SandboxWalls Walls => SandboxWalls.Bare;

    public void EndAll()
    {
        foreach ((_, _, Action<RunOutcome> end) in Held) end(new RunOutcome { Output = "{}"u8.ToArray(), StartedAt = default, FinishedAt = default });
    }

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Run(RunRequest request, Action<object?, RunOutcome> done, object? state, CancellationToken cancel) =>
        Held.Add((request, cancel, outcome => done(state, outcome)));

    public Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateInputsAsync(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<TaskProblem>> CheckAsync(TaskPackage package, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal sealed class EndedRuns : IAttemptSink
{
    public List<NodeRun> Runs { get; } = [];
    public List<NodeRun> Starts { get; } = [];

    public void Started(NodeRun run) => Starts.Add(run);

    public void Ended(NodeRun run) => Runs.Add(run);
}

internal sealed class NotedStarts : IJournal
{
    public List<AttemptStart> Starts { get; } = [];

    public void NoteStarts(IReadOnlyList<AttemptStart> starts) => Starts.AddRange(starts);

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<bool>> EndAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<bool>> MoveAsync(IReadOnlyList<JobMove> moves, CancellationToken cancel) => throw new NotSupportedException();
}
