using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Jobs;

internal static class Rejections
{
    public static Problem ProblemOf(Rejection rejection) => rejection.Code switch
    {
        RejectionCode.UnknownTask => new Problem(StatusCodes.Status404NotFound, "unknown-task", "Unknown task", rejection.Message),
        RejectionCode.UnknownVersion => new Problem(StatusCodes.Status404NotFound, "unknown-version", "Unknown version", rejection.Message),
        RejectionCode.TaskDisabled => new Problem(StatusCodes.Status409Conflict, "task-disabled", "The task is disabled", rejection.Message),
        RejectionCode.InputTooLarge => Problem.TooLarge(rejection.Message),
        RejectionCode.IdempotencyConflict => new Problem(StatusCodes.Status422UnprocessableEntity, "idempotency-conflict", "Idempotency key used already", rejection.Message),
        RejectionCode.Unavailable => Problem.Unavailable(rejection.Message),
        RejectionCode.InvalidInput => new Problem(StatusCodes.Status422UnprocessableEntity, "invalid-input", "The input does not match the schema", rejection.Message)
        {
            Errors = [.. rejection.Errors.Select(e => ($"/input{e.Pointer}", e.Message))],
        },
        _ => new Problem(StatusCodes.Status422UnprocessableEntity, "invalid-field", "A field is not valid", rejection.Message)
        {
            Errors = [.. rejection.Errors.Select(e => (e.Pointer, e.Message))],
        },
    };
}
