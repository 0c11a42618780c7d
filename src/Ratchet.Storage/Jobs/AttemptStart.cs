using Ratchet.Jobs;

namespace Ratchet.Storage.Jobs;

/// <summary>QUEUED to PROCESSING, if the row is still at <see cref="Fence"/>. Written behind; nobody waits for it.</summary>
public sealed record AttemptStart(JobId Job, long Fence, string Node, DateTimeOffset At);
