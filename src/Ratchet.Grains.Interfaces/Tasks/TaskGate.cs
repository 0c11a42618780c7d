namespace Ratchet.Tasks;

/// <summary>Whether jobs of a task may start now.</summary>
/// <param name="Circuit">The state of its circuit breaker.</param>
/// <param name="OpenUntil">When an open breaker lets one job try.</param>
[GenerateSerializer, Immutable, Alias("ratchet.task-gate")]
public sealed record TaskGate([property: Id(0)] WorkMode Mode, [property: Id(1)] CircuitState Circuit, [property: Id(2)] DateTimeOffset? OpenUntil)
{
    public static readonly TaskGate Open = new(WorkMode.Active, CircuitState.Closed, null);
}

/// <summary>A circuit breaker (M. Nygard, "Release It!", 2007).</summary>
public enum CircuitState
{
    /// <summary>Jobs run.</summary>
    Closed = 0,
    /// <summary>Too many failed lately: none starts.</summary>
    Open = 1,
    /// <summary>One job is let through to see whether it is over.</summary>
    HalfOpen = 2,
}
