using Microsoft.Extensions.Logging;
using Ratchet.Jobs;

namespace Ratchet.Grains.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(2001, LogLevel.Debug, "Attempt {Attempt} of job {Job} failed as {Kind} ({Name}): {Transition}.")]
    public static partial void AttemptFailed(ILogger logger, string job, int attempt, FailureKind kind, string name, string transition);

    /// <param name="reason">As somebody gave it, which few do.</param>
    public static void Cancelled(ILogger logger, string job, string state, string actor, string? reason)
    {
        if (reason is null) Cancelled(logger, job, state, actor);
        else CancelledFor(logger, job, state, actor, reason);
    }

    [LoggerMessage(2002, LogLevel.Information, "Job {Job} was cancelled while {State}, by {Actor}.")]
    private static partial void Cancelled(ILogger logger, string job, string state, string actor);

    [LoggerMessage(2003, LogLevel.Information, "Job {Job} was cancelled while {State}, by {Actor}: {Reason}")]
    private static partial void CancelledFor(ILogger logger, string job, string state, string actor, string reason);
}
