using System.Globalization;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Submissions;

/// <summary>What a submission must keep to, apart from its input's schema.</summary>
internal static partial class SubmissionRules
{
    /// <summary>Clients' clocks differ: a run-at this far in the past still means now.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public static Rejection? Check(Submission s, DateTimeOffset now) => CheckNames(s) ?? CheckTimes(s, now) ?? CheckLimits(s) ?? CheckUnique(s) ?? CheckDebounce(s, now) ?? CheckRetry(s.Retry) ?? CheckSize(s);

    public static Rejection? Check(Submission s, TaskResolution resolution)
    {
        if (!resolution.Known) return Rejection.Of(RejectionCode.UnknownTask, $"There is no task '{s.Task}'.");
        if (resolution.Version is null) return Rejection.Of(RejectionCode.UnknownVersion, $"Task '{s.Task}' has no version {s.Version}.");
        if (resolution.Version.VersionDisabled) return Rejection.Of(RejectionCode.TaskDisabled, $"Version {resolution.Version.Reference.Version} of task '{s.Task}' is disabled and takes no new jobs; enable it first, or name another.");
        if (!resolution.Version.Enabled) return Rejection.Of(RejectionCode.TaskDisabled, $"Task '{s.Task}' is disabled and takes no new jobs; enable it first.");
        return resolution.Mode == WorkMode.Draining ? Rejection.Of(RejectionCode.Draining, $"Task '{s.Task}' drains and takes no more jobs; resume it first.") : null;
    }

    public static Rejection? Check(Submission s, WorkMode queue) =>
        queue == WorkMode.Draining ? Rejection.Of(RejectionCode.Draining, $"Queue '{s.Queue}' drains and takes no more jobs; resume it, or name another.") : null;

    public static Rejection InvalidInput(string task, IReadOnlyList<SchemaError> errors) =>
        new(RejectionCode.InvalidInput, $"The input does not match the input schema of task '{task}'.", errors);

    public static Rejection KeyConflict(string key, JobId holder) =>
        Rejection.Of(RejectionCode.IdempotencyConflict, $"The idempotency key '{key}' was used within the last 24 hours with another payload, for job {holder}.") with { Holder = holder };

    public static Rejection JobGone(string key, JobId job) =>
        Rejection.Of(RejectionCode.IdempotencyConflict, $"The idempotency key '{key}' was used within the last 24 hours for job {job}, which is deleted.");

    public static Rejection UniqueHeld(string key, JobId holder) =>
        Rejection.Of(RejectionCode.UniqueConflict, $"The unique key '{key}' is held by job {holder}.");

    private static Rejection? CheckNames(Submission s)
    {
        if (!EntityName.IsName(s.Task)) return Field("/task", $"task must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        if (!EntityName.IsName(s.Queue)) return Field("/queue", $"queue must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        return Text("/idempotencyKey", s.IdempotencyKey) ?? Text("/fairnessKey", s.FairnessKey) ?? Text("/concurrencyKey", s.ConcurrencyKey) ?? Text("/rateKey", s.RateKey)
            ?? Text("/unique/key", s.Unique?.Key) ?? Text("/debounce/key", s.Debounce?.Key);
    }

    private static Rejection? CheckTimes(Submission s, DateTimeOffset now)
    {
        var furthest = TimeSpan.FromDays(Limits.DelayDays);
        if (s.Delay is not null && s.RunAt is not null) return Field("/delay", "delay and runAt cannot both be given.");
        if (s.Delay < TimeSpan.Zero) return Field("/delay", "delay must not be negative.");
        if (s.Delay > furthest || s.RunAt - now > furthest) return Field(s.Delay is null ? "/runAt" : "/delay", $"A job can be put off for at most {Limits.DelayDays} days.");
        if (s.RunAt < now - ClockSkew) return Field("/runAt", $"runAt is {Instant(s.RunAt.Value)}, which is in the past; leave it out to run at once.");
        if (s.Deadline <= now) return Field("/deadline", $"deadline is {Instant(s.Deadline.Value)}, which is in the past.");
        if (s.Deadline <= (s.RunAt ?? now + s.Delay)) return Field("/deadline", "deadline must be after the time at which the job may run.");
        if (s.ExpiresIn is not null && s.Deadline is not null) return Field("/expiresIn", "deadline and expiresIn both say when the job expires; send one of them.");
        if (s.ExpiresIn <= TimeSpan.Zero || s.ExpiresIn > furthest) return Field("/expiresIn", $"expiresIn must be more than zero, and at most {Limits.DelayDays} days.");
        if (s.ExpiresIn <= (s.RunAt - now ?? s.Delay)) return Field("/expiresIn", "expiresIn must reach beyond the time at which the job may run.");
        if (s.Timeout is { } timeout && (timeout < TimeSpan.FromMilliseconds(1) || timeout > TimeSpan.FromHours(1))) return Field("/timeout", "timeout must be from 1 ms to 1 h.");
        if (s.EscalateAfter <= TimeSpan.Zero || s.EscalateAfter > furthest) return Field("/escalateAfter", $"escalateAfter must be more than zero, and at most {Limits.DelayDays} days.");
        if (s.EscalateTo is not null && s.EscalateAfter is null) return Field("/escalateTo", "escalateTo needs escalateAfter.");
        if (s.EscalateTo <= s.Priority) return Field("/escalateTo", "escalateTo must be above the job's own priority.");
        return s.Retention is { } kept && kept != TimeSpan.Zero && (kept < TimeSpan.FromMilliseconds(1) || kept > furthest)
            ? Field("/retention", $"retention counts from the job's end and must be from 1 ms to {Limits.DelayDays} days, or zero, which keeps it for ever; work that is not finished is never deleted.")
            : null;
    }

    private static Rejection? CheckLimits(Submission s)
    {
        if (s.MaxAttempts is < 1 or > Limits.MaxAttempts) return Field("/maxAttempts", $"maxAttempts must be from 1 to {Limits.MaxAttempts}.");
        if (s.ConcurrencyLimit is not null && s.ConcurrencyKey is null) return Field("/concurrencyLimit", "concurrencyLimit needs a concurrencyKey.");
        if (s.ConcurrencyLimit is < 1 or > Limits.ConcurrencyLimit) return Field("/concurrencyLimit", $"concurrencyLimit must be from 1 to {Limits.ConcurrencyLimit}; to hold jobs up, pause their queue or task.");
        if (s.RateLimit is not null && s.RateKey is null) return Field("/rateLimit", "rateLimit needs a rateKey.");
        if (s.RateLimit is { Count: < 1 or > Limits.RateCount }) return Field("/rateLimit/count", $"count must be from 1 to {Limits.RateCount}.");
        return s.RateLimit is { } rate && (rate.Window < TimeSpan.FromSeconds(1) || rate.Window > TimeSpan.FromDays(1))
            ? Field("/rateLimit/window", "window must be from 1 s to 1 day.")
            : null;
    }

    private static Rejection? CheckUnique(Submission s)
    {
        if (s.Unique is not null && s.Debounce is not null) return Field("/debounce", "unique and debounce cannot both be given.");
        return s.Unique?.Period is { } period && (period <= TimeSpan.Zero || period > TimeSpan.FromDays(365)) ? Field("/unique/period", "period must be more than zero and at most 365 days.") : null;
    }

    private static Rejection? CheckDebounce(Submission s, DateTimeOffset now)
    {
        if (s.Debounce is not { } debounce) return null;
        if (s.Delay is not null || s.RunAt is not null) return Field("/debounce", "debounce says itself when the job runs: leave out delay and runAt.");
        if (debounce.Delay < TimeSpan.FromMilliseconds(1) || debounce.Delay > TimeSpan.FromDays(1)) return Field("/debounce/delay", "delay must be from 1 ms to 1 day.");
        if (s.Deadline <= now + debounce.Delay) return Field("/deadline", "deadline must be after the debounce's delay, before which the job may not run.");
        if (s.ExpiresIn <= debounce.Delay) return Field("/expiresIn", "expiresIn must be longer than the debounce's delay, before which the job may not run.");
        return debounce.MaxDelay < debounce.Delay ? Field("/debounce/maxDelay", "maxDelay must not be shorter than delay.") : null;
    }

    private static Rejection? CheckSize(Submission s) => s.Input.Length <= Limits.InputBytes
        ? null
        : Rejection.Of(RejectionCode.InputTooLarge, $"The input has {s.Input.Length} bytes; at most {Limits.InputBytes} are accepted.");

    private static Rejection? Text(string pointer, string? text) => text is null || EntityName.IsText(text)
        ? null
        : Field(pointer, $"{pointer[1..].Replace('/', '.')} must have 1 to {Limits.NameChars} characters and no control characters.");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static Rejection Field(string pointer, string message) => new(RejectionCode.InvalidField, message, [new SchemaError(pointer, "", message)]);
}
