namespace Ratchet.Tasks;

/// <summary>One immutable version of a task: the texts of its files and what its metadata says. Addressed by <see cref="Digest"/>.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-package")]
public sealed record TaskPackage
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required Guid Uuid { get; init; }
    [Id(2)] public required string Version { get; init; }
    [Id(3)] public required string Label { get; init; }
    [Id(4)] public required string Description { get; init; }
    /// <summary>Lower-case hexadecimal SHA-256 over the four files' names and contents; tests do not count.</summary>
    [Id(5)] public required string Digest { get; init; }
    /// <summary><c>metadata.json</c> as it was read.</summary>
    [Id(6)] public required string Metadata { get; init; }
    [Id(7)] public required string InputSchema { get; init; }
    [Id(8)] public required string OutputSchema { get; init; }
    [Id(9)] public required string MainJs { get; init; }
    [Id(10)] public required TaskExecutionOptions Execution { get; init; }
    [Id(11)] public required RetryPolicy Retry { get; init; }
    /// <summary>Where it was loaded from, for messages to people.</summary>
    [Id(12)] public required string Source { get; init; }

    public TaskReference Reference => new(Name, Version, Digest);
}
