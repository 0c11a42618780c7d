namespace Ratchet.Health;

/// <summary>Stateless worker: what a silo says of itself and of what it stands on. Key: 0.</summary>
[Alias("ratchet.IHealthGrain")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    [Alias("check")]
    Task<IReadOnlyList<ComponentHealth>> CheckAsync(CancellationToken cancel = default);
}

/// <summary>One dependency.</summary>
/// <param name="Name"><c>store</c>, <c>worker</c>, <c>sandboxes</c>, <c>tasks</c>, <c>submits</c>.</param>
/// <param name="Ready">Whether it would serve a request now.</param>
/// <param name="Detail">What it is, or why it is not ready; no secrets.</param>
/// <param name="LatencyMs">How long it took to answer, in milliseconds.</param>
[GenerateSerializer, Immutable, Alias("ratchet.component-health")]
public sealed record ComponentHealth([property: Id(0)] string Name, [property: Id(1)] bool Ready, [property: Id(2)] string Detail, [property: Id(3)] double LatencyMs);
