using Microsoft.Extensions.Logging;

namespace Ratchet.Silo.Tasks;

internal static partial class TaskSourceLog
{
    [LoggerMessage(1101, LogLevel.Error, "Task not loaded: {Fault}")]
    public static partial void Fault(ILogger logger, string fault);

    [LoggerMessage(1102, LogLevel.Information, "{Good} tasks loaded, {Bad} not.")]
    public static partial void Loaded(ILogger logger, int good, int bad);

    [LoggerMessage(1103, LogLevel.Warning, "Task {Task} could not be stored yet, it is tried again: {Reason}")]
    public static partial void TryAgain(ILogger logger, string task, string reason);

    [LoggerMessage(1104, LogLevel.Information, "The first submits may take longer, their rehearsal was not done: {Reason}")]
    public static partial void NotRehearsed(ILogger logger, string reason);

    [LoggerMessage(1106, LogLevel.Information, "Task {Task} {Version} is stored and {Currency} (from {Source}).")]
    public static partial void Stored(ILogger logger, string task, string version, string currency, string source);

    [LoggerMessage(1107, LogLevel.Warning, "A task source fails, what was loaded of it stays: {Reason}")]
    public static partial void Failing(ILogger logger, string reason);

    [LoggerMessage(1108, LogLevel.Information, "Changes in {Path} are not told by the system, it is looked at from time to time: {Reason}")]
    public static partial void NotWatched(ILogger logger, string path, string reason);

    [LoggerMessage(1110, LogLevel.Warning, "Task source {Source} has not answered yet; the start goes on without it. What the store has of it runs, and it is waited for in the background.")]
    public static partial void Late(ILogger logger, string source);

    [LoggerMessage(1109, LogLevel.Error, "The look at task source {Source} failed through a fault of the server; it is looked at again.")]
    public static partial void Defect(ILogger logger, Exception error, string source);
}
