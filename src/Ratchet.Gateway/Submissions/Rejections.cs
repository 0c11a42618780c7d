using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Submissions;

/// <summary>What a submission that was not accepted looks like to its client.</summary>
internal static class Rejections
{
    /// <param name="result">A result with a rejection.</param>
    public static Problem ProblemOf(SubmitResult result)
    {
        Rejection rejection = result.Rejection!;
        return rejection.Code switch
        {
            RejectionCode.UnknownTask => new Problem(StatusCodes.Status404NotFound, "unknown-task", "Unknown task", rejection.Message),
            RejectionCode.UnknownVersion => new Problem(StatusCodes.Status404NotFound, "unknown-version", "Unknown version", rejection.Message),
            RejectionCode.TaskDisabled => Problem.Conflict("task-disabled", "The task is disabled", rejection.Message),
            RejectionCode.UniqueConflict => Problem.UniqueConflict(rejection.Message, result.Job?.Id),
            RejectionCode.Draining => Problem.Conflict("draining", "It takes no more jobs", rejection.Message),
            RejectionCode.InputTooLarge => Problem.TooLarge(rejection.Message),
            RejectionCode.IdempotencyConflict => Problem.IdempotencyConflict(rejection.Message) with
            {
                Extensions = rejection.Holder is { } known ? [("job", known.ToString())] : [],
            },
            RejectionCode.Unavailable => Problem.Unavailable(rejection.Message),
            RejectionCode.InvalidInput => Wrong("invalid-input", "The input does not match the schema", rejection, "/input"),
            _ => Wrong("invalid-field", "A field is not valid", rejection, ""),
        };
    }

    private static Problem Wrong(string code, string title, Rejection rejection, string root) => new(StatusCodes.Status422UnprocessableEntity, code, title, rejection.Message)
    {
        Errors = [.. rejection.Errors.Select(e => (root + e.Pointer, e.Message))],
    };
}
