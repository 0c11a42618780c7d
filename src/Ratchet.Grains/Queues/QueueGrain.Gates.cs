using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Queues;

/// <summary>Tasks that are paused, and tasks whose circuit breaker is open: their lanes are held up, but for one job that tries a half-open circuit.</summary>
public sealed partial class QueueGrain
{
    private readonly Dictionary<string, TaskGate?> gates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobId> probes = new(StringComparer.Ordinal);

    /// <summary>Tasks that were asked for their gate and have told nothing since. What a task tells is never older than its answer to a question asked before.</summary>
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Task TaskGateAsync(string task, TaskGate gate)
    {
        asked.Remove(task);
        Apply(task, gate);
        HandOut();
        return Task.CompletedTask;
    }

    /// <summary>What holds a lane up apart from limits, which are asked about job by job.</summary>
    private Hold? HoldOf(Lane lane)
    {
        string task = lane.Key.Task;
        if (!gates.TryGetValue(task, out TaskGate? gate))
        {
            gates[task] = null;
            Go(SubscribeAsync(task));
        }

        if (gate is null) return new Hold(WaitCause.Starting, task);
        if (gate.Mode == WorkMode.Paused) return new Hold(WaitCause.TaskPaused, task);
        if (gate.Circuit == CircuitState.Closed) return null;
        if (gate.OpenUntil is { } until && until > time.GetUtcNow())
        {
            ArmDue(until);
            return new Hold(WaitCause.CircuitOpen, task, until);
        }

        return probes.ContainsKey(task) ? new Hold(WaitCause.CircuitOpen, task) : null;
    }

    private async Task SubscribeAsync(string task)
    {
        asked.Add(task);
        try
        {
            TaskGate answer = await GrainFactory.GetGrain<ITaskGrain>($"{key.Tenant}/{task}").SubscribeAsync(key);
            if (asked.Remove(task)) Apply(task, answer);
        }
#pragma warning disable CA1031 // Nobody awaits this; whatever it was, a task that is not asked again would hold up its jobs until the watchdog.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Its lanes stay held up, and the recovery that is tried in a second asks again for all gates.
            QueueLog.TaskAway(logger, key.ToString(), task, e);
            RetryLater();
            return;
        }

        HandOut();
    }

    private void Apply(string task, TaskGate gate)
    {
        gates[task] = gate;
        if (gate.Circuit != CircuitState.HalfOpen) probes.Remove(task);
        ReviewTask(task);
    }

    private void ReviewTask(string task)
    {
        foreach (Lane lane in window.Lanes.Where(l => l.Key.Task == task).ToList())
        {
            // Limits are asked about again when its next job comes to its turn.
            window.SetHold(lane, HoldOf(lane));
        }
    }

    /// <summary>A job goes out: with a circuit that is not closed it is the one that tries it.</summary>
    private void NoteTaken(ReadyJob job)
    {
        if (gates.GetValueOrDefault(job.Task.Name) is not { Circuit: not CircuitState.Closed }) return;
        probes[job.Task.Name] = job.Id;
        ReviewTask(job.Task.Name);
    }

    private void NoteProbeEnded(ReadyJob job)
    {
        if (!probes.TryGetValue(job.Task.Name, out JobId probe) || probe != job.Id) return;
        probes.Remove(job.Task.Name);
        // The breaker hears of the end by another way; until its answer is here, nothing else goes.
        gates[job.Task.Name] = null;
        ReviewTask(job.Task.Name);
        Go(SubscribeAsync(job.Task.Name));
    }

    /// <summary>Circuits whose time has come let one job try.</summary>
    private void ReviewCircuits()
    {
        foreach (string task in gates.Where(g => g.Value is { Circuit: not CircuitState.Closed }).Select(g => g.Key).ToList()) ReviewTask(task);
    }
}
