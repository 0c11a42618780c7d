using Microsoft.Extensions.Logging;
using Ratchet.Jobs;

namespace Ratchet.Grains.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(2001, LogLevel.Debug, "Attempt {Attempt} of job {Job} failed as {Kind} ({Name}): {Transition}.")]
    public static partial void AttemptFailed(ILogger logger, string job, int attempt, FailureKind kind, string name, string transition);

    [LoggerMessage(2002, LogLevel.Information, "Job {Job} was cancelled while {State}, by {Actor}: {Reason}")]
    public static partial void Cancelled(ILogger logger, string job, string state, string actor, string? reason);
}
