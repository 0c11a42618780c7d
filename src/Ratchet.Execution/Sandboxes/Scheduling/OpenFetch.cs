using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>A script's request that is under way. It ends when it is answered, when the script gives it up, or with its process.</summary>
/// <param name="record">What its answer is to be noted under in its run's recorder.</param>
#pragma warning disable CA1001 // Its source has no timer and no links to others: there is nothing of it to dispose of.
internal sealed class OpenFetch(Worker worker, PoolRun run, FetchRequest request, FetchCallFrame call, int record)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource cancel = new();

    public Worker Worker { get; } = worker;
    public PoolRun Run { get; } = run;
    public FetchCallFrame Call { get; } = call;
    public FetchRequest Request { get; } = request;
    public ExchangeRecorder? Recorder { get; } = run.Recorder;
    public int Record { get; } = record;
    public CancellationToken Cancelled => cancel.Token;

    /// <summary>Not under the scheduler's lock: it runs what waits for it.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Binds it to its run until the result is disposed of.</summary>
    public CancellationTokenRegistration EndWithRun() => Run.Fetches!.Token.UnsafeRegister(static fetch => ((OpenFetch)fetch!).Cancel(), this);
}
