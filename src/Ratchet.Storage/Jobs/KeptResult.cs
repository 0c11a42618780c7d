using Ratchet.Queues;

namespace Ratchet.Storage.Jobs;

/// <summary>An output that equal jobs are given.</summary>
/// <param name="Key">What makes them equal: <see cref="LaneKey.Cache"/>.</param>
/// <param name="Until">From when on it is too old.</param>
public sealed record KeptResult(string Key, DateTimeOffset Until);
