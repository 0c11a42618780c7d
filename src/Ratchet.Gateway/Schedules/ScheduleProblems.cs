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
        InvalidScheduleException e => Problem.InvalidField(e.Pointer, e.Message) with { Position = e.Position is { } at ? (at.Field, at.Offset) : null },
        ScheduleRefusedException e => Within("/job", Rejections.ProblemOf(new SubmitResult { Rejection = e.Rejection })),
        ScheduleNotFoundException e => Problem.NotFound(e.Message),
        ScheduleConflictException e => new Problem(StatusCodes.Status409Conflict, "schedule-conflict", "The state does not allow it", e.Message),
        _ => null,
    };

    /// <summary>A problem of a part of the request, with its pointers from the whole.</summary>
    public static Problem Within(string pointer, Problem problem) => problem with { Errors = [.. problem.Errors.Select(e => (pointer + e.Pointer, e.Detail))] };
}
