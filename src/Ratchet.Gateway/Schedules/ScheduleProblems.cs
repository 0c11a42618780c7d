using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Schedules;

/// <summary>What the typed errors of schedules look like to clients.</summary>
public static class ScheduleProblems
{
    /// <summary>Null when the error is none of schedules'.</summary>
    public static Problem? Of(Exception error) => error switch
    {
        InvalidScheduleException e => Invalid(e),
        ScheduleRefusedException e => Within("/job", Rejections.ProblemOf(new SubmitResult { Rejection = e.Rejection })),
        ScheduleNotFoundException e => Problem.NotFound(e.Message),
        ScheduleConflictException e => new Problem(StatusCodes.Status409Conflict, "schedule-conflict", "The state does not allow it", e.Message),
        _ => null,
    };

    private static Problem Invalid(InvalidScheduleException e)
    {
        ScheduleFault[] all = [new(e.Pointer, e.Message, e.Position), .. e.Others];
        return Problem.Invalid(all.Length == 1 ? e.Message : $"{all.Length} fields of the schedule are not valid.") with
        {
            Errors = [.. all.Select(f => (f.Pointer, f.Message))],
            Position = all.FirstOrDefault(f => f.Position is not null) is { Position: { } at } cron ? (cron.Pointer, at.Field, at.Offset) : null,
        };
    }

    /// <summary>A problem of a part of the request, with its pointers from the whole.</summary>
    public static Problem Within(string pointer, Problem problem) => problem with { Errors = [.. problem.Errors.Select(e => (pointer + e.Pointer, e.Detail))] };
}
