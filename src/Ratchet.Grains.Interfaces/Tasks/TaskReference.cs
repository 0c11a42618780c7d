namespace Ratchet.Tasks;

/// <summary>A task's version, pinned by content.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-reference")]
public sealed record TaskReference([property: Id(0)] string Name, [property: Id(1)] string Version, [property: Id(2)] string Digest);
