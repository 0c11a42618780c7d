using Ratchet.Jobs;

namespace Ratchet.Tasks;

/// <summary>A job cannot be brought back, as its task was deleted, or the version that it was submitted for. Clients see 409.</summary>
[GenerateSerializer, Alias("ratchet.task-gone")]
public sealed class TaskGoneException(JobId job, string task, string version)
    : RatchetException($"Job {job} cannot run again: version {version} of task '{task}' was deleted. Bring it back first, or submit a new job.");
