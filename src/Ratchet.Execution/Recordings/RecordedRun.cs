namespace Ratchet.Execution.Recordings;

/// <summary>What came in to one run from outside.</summary>
/// <param name="Trace">Null when its process ended under it, and nobody knows any more.</param>
/// <param name="Exchanges">In the order in which the script made the calls.</param>
/// <param name="Complete">Whether all of it is there; otherwise a replay follows it as far as it goes.</param>
public sealed record RecordedRun(RunTrace? Trace, IReadOnlyList<RecordedExchange> Exchanges, bool Complete);
