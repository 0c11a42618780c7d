namespace Ratchet.Tasks;

/// <summary>There is no such version of the task. Clients see 404.</summary>
[GenerateSerializer, Alias("ratchet.unknown-task-version")]
public sealed class UnknownTaskVersionException(string task, string version) : RatchetException($"Task '{task}' has no version {version}.");

/// <summary>What is asked for is not possible as the task's versions are. Clients see 409 with the code.</summary>
[GenerateSerializer, Alias("ratchet.task-version-state")]
public sealed class TaskVersionStateException(string code, string message) : RatchetException(message)
{
    /// <summary>The current version cannot be disabled or deleted.</summary>
    public const string Current = "version-current";
    /// <summary>A disabled version cannot become current.</summary>
    public const string Disabled = "version-disabled";
    /// <summary>Another version is current than the one that was to be given up.</summary>
    public const string NotCurrent = "version-not-current";
    /// <summary>No version was current before that could be again.</summary>
    public const string NoPrevious = "no-previous-version";

    [Id(0)] public string Code { get; } = code;
}
