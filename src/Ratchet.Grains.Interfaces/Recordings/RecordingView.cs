using Ratchet.Jobs;

namespace Ratchet.Recordings;

/// <summary>That there is a recording, and of what.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.recording-view")]
public sealed record RecordingView
{
    [Id(0)] public required Guid Execution { get; init; }
    [Id(1)] public required JobId Job { get; init; }
    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(3)] public required int Attempt { get; init; }
    [Id(4)] public required string Task { get; init; }
    [Id(5)] public required string Version { get; init; }
    /// <summary>COMPLETED, FAILED or LOST.</summary>
    [Id(6)] public required string Outcome { get; init; }
    /// <summary>Bytes that it takes, compressed.</summary>
    [Id(7)] public required int Size { get; init; }
}
