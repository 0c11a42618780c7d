using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Whether the task's jobs may start, and the queues that are told of it.</summary>
public sealed partial class TaskGrain
{
    /// <summary>Queues call again at every watchdog (5 min by default); those that do not have gone.</summary>
    private static readonly TimeSpan Subscribed = TimeSpan.FromMinutes(15);

    private readonly Dictionary<QueueKey, DateTimeOffset> subscribers = [];
    private WorkMode mode;
    private TaskCircuit? circuit;

    public Task<TaskGate> SubscribeAsync(QueueKey queue)
    {
        subscribers[queue] = time.GetUtcNow() + Subscribed;
        return Task.FromResult(Gate);
    }

    public async Task SetModeAsync(WorkMode mode, Precondition? only)
    {
        if (!await store.Controls.SetTaskModeAsync(key.Tenant, key.Name, mode, only, CancellationToken.None))
            throw new UnknownTaskException(key.Name);
        await ReadAsync();
        TellQueues();
    }

    public Task NoteOutcomesAsync(int succeeded, int failed)
    {
        if (circuit is null) return Task.CompletedTask;
        TaskGate before = Gate;
        circuit.Note(succeeded, failed);
        TaskGate after = Gate;
        if (after.Circuit != before.Circuit) metrics.Changed(key, after);
        if (after != before) TellQueues();
        return Task.CompletedTask;
    }

    private TaskGate Gate => circuit is null ? new TaskGate(mode, CircuitState.Closed, null) : new TaskGate(mode, circuit.State, circuit.State == CircuitState.Closed ? null : circuit.OpenUntil);

    /// <summary>The current version's policy rules; another one starts anew.</summary>
    private void SetCircuit(BreakerPolicy? policy)
    {
        if (policy == circuit?.Policy) return;
        circuit = policy is null ? null : new TaskCircuit(policy, time);
        metrics.Gone(key);
        TellQueues();
    }

    private void TellQueues()
    {
        DateTimeOffset now = time.GetUtcNow();
        TaskGate gate = Gate;
        foreach ((QueueKey queue, DateTimeOffset until) in subscribers.ToList())
        {
            if (until < now) subscribers.Remove(queue);
            else _ = GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).TaskGateAsync(key.Name, gate);
        }
    }
}
