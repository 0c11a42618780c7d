using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>Why no job of a lane may be handed out now.</summary>
/// <param name="Cause">For <c>why</c>.</param>
/// <param name="Key">The limit's key, or the task.</param>
/// <param name="Until">When it is over at the earliest, where that is known.</param>
public sealed record Hold(WaitCause Cause, string Key, DateTimeOffset? Until = null);
