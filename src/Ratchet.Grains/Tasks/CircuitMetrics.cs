using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Instruments of the circuit breakers of the tasks of a silo, under the meter <see cref="MeterName"/>.</summary>
public sealed class CircuitMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Circuits";
    private readonly ConcurrentDictionary<TaskKey, DateTimeOffset> open = new();
    private readonly TimeProvider time;
    private readonly Counter<long> changes;

    public CircuitMetrics(TimeProvider time)
    {
        this.time = time;
        changes = Meter.CreateCounter<long>("ratchet.circuit.changes", "{change}", "Circuit breakers that opened or closed, by task and by the state that they are in now.");
        Meter.CreateObservableUpDownCounter("ratchet.circuit.open", Open, "{circuit}", "Circuit breakers that are not closed, by state.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Changed(TaskKey task, TaskGate gate)
    {
        if (gate is { Circuit: not CircuitState.Closed, OpenUntil: { } until }) open[task] = until;
        else Gone(task);
        changes.Add(1, new KeyValuePair<string, object?>("task", task.Name), new KeyValuePair<string, object?>("state", NameOf(gate.Circuit)));
    }

    /// <summary>Its breaker is no longer on this silo.</summary>
    internal void Gone(TaskKey task) => open.TryRemove(task, out _);

    /// <summary>Time alone makes an open breaker a half-open one.</summary>
    private IEnumerable<Measurement<long>> Open()
    {
        DateTimeOffset now = time.GetUtcNow();
        int all = 0, still = 0;
        foreach ((_, DateTimeOffset until) in open)
        {
            all++;
            if (until > now) still++;
        }

        yield return new Measurement<long>(still, new KeyValuePair<string, object?>("state", NameOf(CircuitState.Open)));
        yield return new Measurement<long>(all - still, new KeyValuePair<string, object?>("state", NameOf(CircuitState.HalfOpen)));
    }

    private static string NameOf(CircuitState state) => state switch
    {
        CircuitState.Closed => "CLOSED",
        CircuitState.Open => "OPEN",
        _ => "HALF_OPEN",
    };
}
