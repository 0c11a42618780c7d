namespace Ratchet.Tasks;

/// <summary>The same uuid and version, or the same name, stands for something else already; or the task has as many versions as one may have. Clients see 409.</summary>
[GenerateSerializer, Alias("ratchet.task-conflict")]
public sealed class TaskConflictException(string message) : RatchetException(message);
