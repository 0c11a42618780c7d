namespace Ratchet.Execution.Packages.Sources;

/// <summary>Somewhere that tasks come from, looked at again and again. Used by one caller at a time.</summary>
public interface ITaskSource
{
    /// <summary>For messages to people; without credentials.</summary>
    string Name { get; }

    /// <summary>What is there; null when that is the same as the last time.</summary>
    /// <exception cref="TaskSourceException">It cannot be had now. What it had before stays good.</exception>
    Task<IReadOnlyList<TaskReading>?> ReadAsync(CancellationToken cancel);
}

/// <summary>A source cannot be read now; one sentence that names it.</summary>
public sealed class TaskSourceException(string message) : RatchetException(message);
