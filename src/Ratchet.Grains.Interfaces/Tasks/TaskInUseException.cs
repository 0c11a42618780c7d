namespace Ratchet.Tasks;

/// <summary>The task cannot be deleted while something needs it. Clients see 409.</summary>
[GenerateSerializer, Alias("ratchet.task-in-use")]
public sealed class TaskInUseException(string message) : RatchetException(message);
