using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Submissions;

/// <summary>What a submission must keep to, apart from its input's schema.</summary>
internal static class SubmissionRules
{
    public static Rejection? Check(Submission s)
    {
        if (!EntityName.IsName(s.Task)) return Field("/task", $"task must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        if (!EntityName.IsName(s.Queue)) return Field("/queue", $"queue must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        if (s.IdempotencyKey is { } key && !EntityName.IsText(key))
            return Field("/idempotencyKey", $"idempotencyKey must have 1 to {Limits.NameChars} characters and no control characters.");
        if (s.MaxAttempts is < 1 or > Limits.MaxAttempts) return Field("/maxAttempts", $"maxAttempts must be from 1 to {Limits.MaxAttempts}.");
        return s.Input.Length <= Limits.InputBytes
            ? null
            : Rejection.Of(RejectionCode.InputTooLarge, $"The input has {s.Input.Length} bytes; at most {Limits.InputBytes} are accepted.");
    }

    public static Rejection? Check(Submission s, TaskResolution resolution)
    {
        if (!resolution.Known) return Rejection.Of(RejectionCode.UnknownTask, $"There is no task '{s.Task}'.");
        if (resolution.Version is null) return Rejection.Of(RejectionCode.UnknownVersion, $"Task '{s.Task}' has no version {s.Version}.");
        return resolution.Version.Enabled ? null : Rejection.Of(RejectionCode.TaskDisabled, $"Task '{s.Task}' is disabled; enable it, or name another version.");
    }

    public static Rejection InvalidInput(string task, IReadOnlyList<SchemaError> errors) =>
        new(RejectionCode.InvalidInput, $"The input does not match the input schema of task '{task}'.", errors);

    public static Rejection KeyConflict(string key) =>
        Rejection.Of(RejectionCode.IdempotencyConflict, $"The idempotency key '{key}' was used within the last 24 hours with another payload.");

    private static Rejection Field(string pointer, string message) => new(RejectionCode.InvalidField, message, [new SchemaError(pointer, "", message)]);
}
