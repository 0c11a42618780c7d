using System.Text.Json;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>
/// Holds inputs against schemas in one process that never runs task code. Schemas are not trusted either: a pattern that never ends costs that process, and
/// the input that met it is reported as one that cannot be validated.
/// </summary>
internal sealed class InputValidator : ISandboxListener, IDisposable
{
    private const int MostInFlight = 4;
    private const int MostHostile = 3;
    /// <summary>An input that does not get on without using the processor is given up after so many times its limit: a machine may be that busy, but no longer.</summary>
    private const int MostStarved = 10;
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly LinkedList<ValidationBatch> waiting = new();
    private readonly Queue<(long Sequence, ValidationBatch Batch)> inFlight = new();
    private readonly SchemaCache schemas = new();
    private readonly SandboxOptions options;
    private readonly SandboxProgram program;
    private readonly TimeProvider time;
    private readonly SandboxMetrics metrics;
    private readonly ILogger logger;
    private readonly ITimer clock;
    private SandboxProcess? process;
    private bool ready;
    private bool oneByOne;
    private bool stopped;
    private int startFailures;
    private long sequence;
    private long headSince;
    private (long Since, TimeSpan Used) headCpu;

    public InputValidator(SandboxOptions options, SandboxProgram program, TimeProvider time, SandboxMetrics metrics, ILogger logger)
    {
        (this.options, this.program, this.time, this.metrics, this.logger) = (options, program, time, metrics, logger);
        clock = time.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="RatchetException">No process can be started.</exception>
    public Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateAsync(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs, CancellationToken cancel)
    {
        if (inputs.Count == 0) return Task.FromResult<IReadOnlyList<IReadOnlyList<SchemaError>?>>([]);
        var call = new ValidationCall(package, inputs);
        lock (gate)
        {
            foreach (ValidationBatch batch in ValidationBatch.Cut(call)) waiting.AddLast(batch);
            Pump();
        }
        return call.Done.Task.WaitAsync(cancel);
    }

    public void OnEvents(SandboxProcess process, List<ChildEvent> events)
    {
        lock (gate)
        {
            if (process != this.process) return;
            foreach (ChildEvent happened in events)
            {
                if (happened.Type == FrameType.Hello && !ready) ready = true;
                else if (happened.Type != FrameType.Validated || !TryFinish((ValidatedFrame)happened.Other!))
                {
                    SandboxLog.ProtocolBroken(logger, process.Id, "what a validator does not send");
                    process.Kill(KillCause.Protocol);
                    return;
                }
            }
            startFailures = 0;
            Pump();
        }
    }

    public void OnDeath(SandboxProcess process, Death death)
    {
        metrics.Died(death.Label);
        if (death.Cause != KillCause.Retired) SandboxLog.Died(logger, process.Id, death.Label, death.Summary);
        lock (gate)
        {
            if (process != this.process) return;
            this.process = null;
            schemas.Clear();
            if (!ready && ++startFailures >= 3)
            {
                FailAll($"The validator cannot be started ({death.Summary}).");
                return;
            }
            ready = false;
            Judge(death);
            Pump();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            clock.Dispose();
            process?.Kill(KillCause.Retired);
            FailAll("The node is shutting down.");
        }
    }

    /// <summary>Called with the digest of a task whose schema ended the process or held it up.</summary>
    public Action<string>? Accused { get; init; }

    /// <summary>Starts the process before the first input comes.</summary>
    public void WarmUp()
    {
        lock (gate)
        {
            if (!stopped && process is null) Start();
        }
    }

    private void Pump()
    {
        if (stopped || (waiting.Count == 0 && inFlight.Count == 0)) return;
        if (process is null)
        {
            Start();
            return;
        }
        if (!ready) return;
        while (waiting.First is { } first && inFlight.Count < (oneByOne ? 1 : MostInFlight))
        {
            waiting.RemoveFirst();
            Send(first.Value);
        }
        if (inFlight.Count > 0) clock.Change(CheckPeriod, Timeout.InfiniteTimeSpan);
        else oneByOne = false;
    }

    private void Start()
    {
        try
        {
            process = SandboxProcess.Start(program, this);
        }
        catch (RatchetException e)
        {
            FailAll(e.Message);
            return;
        }
        metrics.Started();
        headSince = time.GetTimestamp();
        clock.Change(CheckPeriod, Timeout.InfiniteTimeSpan);
        process.Listen();
    }

    private void Send(ValidationBatch batch)
    {
        TaskPackage package = batch.Call.Package;
        if (schemas.Place(package.Digest, out int slot))
        {
            process!.Send((slot, package.InputSchema), static (to, schema) =>
            {
                to.Begin(FrameType.Schema);
                to.Int32(schema.slot);
                to.Text(schema.InputSchema);
                to.End();
            });
        }
        if (inFlight.Count == 0) headSince = time.GetTimestamp();
        inFlight.Enqueue((++sequence, batch));
        process!.Send((sequence, slot, batch), static (to, frame) =>
        {
            var inputs = new ReadOnlyMemory<byte>[frame.batch.Count];
            for (int i = 0; i < inputs.Length; i++) inputs[i] = frame.batch.Call.Inputs[frame.batch.First + i];
            ValidateFrame.Write(to, frame.sequence, frame.slot, inputs);
        });
    }

    private bool TryFinish(ValidatedFrame answer)
    {
        if (!inFlight.TryPeek(out (long Sequence, ValidationBatch Batch) head) || head.Sequence != answer.Sequence) return false;
        if (answer.SchemaProblem is null && answer.Errors.Length != head.Batch.Count) return false;
        try
        {
            if (answer.SchemaProblem is { } problem) head.Batch.SetAll($"cannot be validated: input.schema.json: {problem}");
            else head.Batch.SetResults(answer.Errors);
        }
        catch (JsonException)
        {
            return false;
        }
        inFlight.Dequeue();
        headSince = time.GetTimestamp();
        return true;
    }

    private void Check()
    {
        lock (gate)
        {
            if (stopped || process is null) return;
            if (ready && inFlight.Count == 0) return;
            if (IsOverdue(process)) process.Kill(KillCause.Overdue);
            else clock.Change(CheckPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>By the processor time that went into the head, not by the clock: on a busy machine innocent inputs would be refused, and their tasks accused.</summary>
    private bool IsOverdue(SandboxProcess process)
    {
        TimeSpan waited = time.GetElapsedTime(headSince);
        if (!ready) return waited > options.StartTimeout;
        if (process.CpuTime() is not { } used) return waited > options.ValidationTimeout;
        if (headCpu.Since != headSince) headCpu = (headSince, used);
        // Noted up to two periods after the head began.
        return waited > options.ValidationTimeout && (used - headCpu.Used > options.ValidationTimeout - 2 * CheckPeriod || waited > MostStarved * options.ValidationTimeout);
    }

    /// <summary>
    /// An overdue process was held up by the batch at its head. For any other death all that it had are suspects and go one by one. A batch of several
    /// inputs that is to blame is cut into single ones.
    /// </summary>
    private void Judge(Death death)
    {
        if (inFlight.Count == 0) return;
        bool certain = death.Cause == KillCause.Overdue || inFlight.Count == 1;
        ValidationBatch head = inFlight.Peek().Batch;
        ValidationBatch[] again = [.. inFlight.Skip(certain ? 1 : 0).Select(entry => entry.Batch)];
        inFlight.Clear();
        oneByOne = true;
        foreach (ValidationBatch batch in again.Reverse()) waiting.AddFirst(batch);
        if (!certain) return;
        Accused?.Invoke(head.Call.Package.Digest);
        if (head.Count > 1 && head.Call.Hostile < MostHostile) foreach (ValidationBatch single in head.Singles().Reverse()) waiting.AddFirst(single);
        else Refuse(head, death);
    }

    private void Refuse(ValidationBatch head, Death death)
    {
        string message = death.Cause == KillCause.Overdue
            ? $"cannot be validated: validation took longer than {options.ValidationTimeout.TotalSeconds} s; a pattern of the schema may never end for it"
            : "cannot be validated: the validator ended while it looked at it";
        head.SetAll(message);
        if (++head.Call.Hostile < MostHostile) return;
        foreach (ValidationBatch batch in waiting.Where(batch => batch.Call == head.Call).ToArray())
        {
            waiting.Remove(batch);
            batch.SetAll($"was not validated, because {MostHostile} other inputs of the same call could not be validated in time");
        }
    }

    private void FailAll(string why)
    {
        foreach (ValidationBatch batch in waiting.Concat(inFlight.Select(entry => entry.Batch))) batch.Call.Done.TrySetException(new RatchetException(why));
        waiting.Clear();
        inFlight.Clear();
    }
}
