namespace Ratchet.Tasks;

/// <summary>There is no such task. Clients see 404.</summary>
[GenerateSerializer, Alias("ratchet.unknown-task")]
public sealed class UnknownTaskException(string task) : RatchetException($"There is no task '{task}'.");
