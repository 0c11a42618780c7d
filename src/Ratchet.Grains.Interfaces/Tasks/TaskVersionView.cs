namespace Ratchet.Tasks;

/// <summary>A version of a task as clients see it, without its files.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-version-view")]
public sealed record TaskVersionView
{
    [Id(0)] public required TaskReference Reference { get; init; }
    [Id(1)] public required Guid Uuid { get; init; }
    [Id(2)] public required string Label { get; init; }
    [Id(3)] public required string Description { get; init; }
    /// <summary>The one that runs when a job names no version.</summary>
    [Id(4)] public required bool Current { get; init; }
    /// <summary>False: new jobs cannot name it. The task as a whole may be disabled besides.</summary>
    [Id(5)] public required bool Enabled { get; init; }
    [Id(6)] public required string Source { get; init; }
    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Who brought it: <c>client</c>, <c>source</c>.</summary>
    [Id(8)] public required string CreatedBy { get; init; }
}

/// <summary>A version with its files.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-version-details")]
public sealed record TaskVersionDetails([property: Id(0)] TaskVersionView View, [property: Id(1)] TaskPackage Package);

/// <summary>What became of a version that was to be stored.</summary>
/// <param name="Reference">As it is stored; a revision has another version than its metadata says.</param>
/// <param name="Created">False when the same content was there already.</param>
/// <param name="Current">Whether it is the task's current version now.</param>
[GenerateSerializer, Immutable, Alias("ratchet.stored-task")]
public sealed record StoredTask([property: Id(0)] TaskReference Reference, [property: Id(1)] bool Created, [property: Id(2)] bool Current)
{
    /// <summary>Whether this call made it so.</summary>
    [Id(3)] public bool Promoted { get; init; }
}
