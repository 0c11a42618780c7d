using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Tests.Support;
using Ratchet.Webhooks;
using Make = Ratchet.Gateway.Tests.Support.Make;

namespace Ratchet.Gateway.Tests.BadInput;

/// <summary>One request that is wrong in a way of its own.</summary>
/// <param name="Path">Behind /api/v1.</param>
/// <param name="Code">Null: it is passed over, and the answer is none of a problem.</param>
/// <param name="Pointer">What the problem's first error points at.</param>
internal sealed record BadRequest(string What, string Method, string Path, string? Body, int Status, string? Code, string? Pointer = null)
{
    private const string Job = """{"task":"addition","input":{}}""";

    public (string Name, string Value)? Header { get; init; }

    /// <summary>What the grains say, where they know better than the gateway.</summary>
    public Action<GrainCalls>? Grains { get; init; }

    public static readonly BadRequest[] All =
    [
        new("nesting deeper than 64 levels", "POST", "jobs", $$$"""{"task":"t","input":{{{new string('[', 70)}}}{{{new string(']', 70)}}}}""", 400, "malformed"),
        new("a field twice", "POST", "jobs", """{"task":"t","task":"u","input":{}}""", 422, "invalid-field", "/task"),
        new("a key twice within an input", "POST", "jobs", """{"task":"t","input":{"a":1,"a":2}}""", 422, "invalid-field", "/input/a"),
        new("a number beyond a double", "POST", "jobs", """{"task":"t","input":1e400}""", 422, "invalid-field", "/input"),
        new("a field that is missing", "POST", "jobs", """{"task":"t"}""", 422, "invalid-field", "/input"),
        new("a word that is none of its field's", "POST", "jobs", """{"task":"t","input":1,"priority":"soon"}""", 422, "invalid-field", "/priority"),
        new("an instant without a zone", "POST", "jobs", """{"task":"t","input":1,"runAt":"2026-01-01T00:00:00"}""", 422, "invalid-field", "/runAt"),
        new("a duration that is none", "POST", "jobs", """{"task":"t","input":1,"delay":"soon"}""", 422, "invalid-field", "/delay"),
        new("a negative duration", "POST", "jobs", """{"task":"t","input":1,"delay":-1}""", 422, "invalid-field", "/delay"),
        new("two fields that exclude each other", "POST", "jobs", """{"task":"t","input":1,"delay":"1s","runAt":"2030-01-01T00:00:00Z"}""", 422, "invalid-field") { Grains = Rejecting(RejectionCode.InvalidField) },
        new("an idempotency key in body and header that differ", "POST", "jobs", """{"task":"t","input":1,"idempotencyKey":"j"}""", 422, "invalid-field", "/idempotencyKey") { Header = ("Idempotency-Key", "k") },
        new("a `Prefer` that cannot be read: passed over (RFC 7240)", "POST", "jobs", Job, 201, null) { Header = ("Prefer", "wait=soon"), Grains = grains => grains.On("ISubmissionGrain.SubmitAsync", Submitted()) },
        new("a preference that is not known: passed over (RFC 7240)", "POST", "jobs", Job, 201, null) { Header = ("Prefer", "respond-sometime, return=nothing"), Grains = grains => grains.On("ISubmissionGrain.SubmitAsync", Submitted()) },
        new("a task that is not there", "POST", "jobs", Job, 404, "unknown-task") { Grains = Rejecting(RejectionCode.UnknownTask) },
        new("a version that is not there", "POST", "jobs", Job, 404, "unknown-version") { Grains = Rejecting(RejectionCode.UnknownVersion) },
        new("an input that does not match its schema", "POST", "jobs", Job, 422, "invalid-input") { Grains = Rejecting(RejectionCode.InvalidInput) },
        new("an idempotency key that was used otherwise", "POST", "jobs", Job, 422, "idempotency-conflict") { Grains = Rejecting(RejectionCode.IdempotencyConflict) },
        new("a unique key that another job holds", "POST", "jobs", Job, 409, "unique-conflict") { Grains = Rejecting(RejectionCode.UniqueConflict) },
        new("a task that is disabled", "POST", "jobs", Job, 409, "task-disabled") { Grains = Rejecting(RejectionCode.TaskDisabled) },
        new("a queue that is drained", "POST", "jobs", Job, 409, "draining") { Grains = Rejecting(RejectionCode.Draining) },
        new("an object where many jobs are to stand", "POST", "jobs/bulk", "{}", 400, "malformed"),
        new("the header beside the items' own keys", "POST", "jobs/bulk", "[]", 400, "malformed") { Header = ("Idempotency-Key", "k") },
        new("a job that is not there", "GET", $"jobs/{Make.Id}", null, 404, "not-found"),
        new("a job that is not there, cancelled", "POST", $"jobs/{Make.Id}/cancel", null, 404, "not-found") { Grains = grains => grains.On("IJobGrain.CancelAsync", (object?)null) },
        new("what a job's state does not allow", "POST", $"jobs/{Make.Id}/cancel", null, 409, "illegal-transition") { Grains = grains => grains.On("IJobGrain.CancelAsync", _ => throw new IllegalTransitionException(Make.JobId, JobState.Completed, "cancel")) },
        new("a retry of a job whose task was deleted", "POST", $"jobs/{Make.Id}/retry", null, 409, "task-gone") { Grains = grains => grains.On("IJobGrain.RedriveAsync", _ => throw new TaskGoneException(Make.JobId, "t", "1.0.0")) },
        new("a priority that is none", "POST", $"jobs/{Make.Id}/priority", """{"priority":"SOON"}""", 422, "invalid-field", "/priority"),
        new("a reason of more than 500 characters", "POST", $"jobs/{Make.Id}/cancel", $$"""{"reason":"{{new string('r', 501)}}"}""", 422, "invalid-field", "/reason"),
        new("a `Last-Event-ID` that is none", "GET", "jobs/" + Make.Id + "/logs?follow=true", null, 400, "malformed") { Header = ("Last-Event-ID", "x"), Grains = grains => grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Completed)) },
        new("a cursor of events that is none", "GET", "events?after=x", null, 422, "invalid-field", "/after"),
        new("a parameter of events that is not known", "GET", "events?stat=FAILED", null, 422, "invalid-field", "/stat"),
        new("a window of statistics that is none", "GET", "statistics?window=never", null, 422, "invalid-field", "/window"),
        new("a parameter of statistics that is not known", "GET", "statistics?windw=1m", null, 422, "invalid-field", "/windw"),
        new("a cursor of another order", "GET", "jobs?_sort=task&after=eyJhIjoxfQ", null, 422, "invalid-field", "/after"),
        new("a value that a field cannot have", "GET", "jobs?state=SOON", null, 422, "invalid-field", "/state"),
        new("a comparison that a field does not have", "GET", "jobs?state_gt=FAILED", null, 422, "invalid-field", "/state_gt"),
        new("a filter deeper than 5 levels", "GET", """jobs?filter={"not":{"not":{"not":{"not":{"not":{"not":{"state":{"eq":"FAILED"}}}}}}}}""", null, 422, "invalid-field", "/filter/not/not/not/not/not"),
        new("a task that is in use, deleted", "DELETE", "tasks/addition", null, 409, "task-in-use") { Grains = grains => grains.On("ITaskGrain.DeleteAsync", _ => throw new TaskInUseException("It is used.")) },
        new("a task that is not there, paused", "POST", "tasks/none/pause", null, 404, "unknown-task") { Grains = grains => grains.On("ITaskGrain.SetModeAsync", _ => throw new UnknownTaskException("none")) },
        new("a name that no task can have", "POST", "tasks/a%01b/pause", null, 404, "not-found"),
        new("a weight of 0", "PUT", "queues/mails/weights/k", """{"weight":0}""", 422, "invalid-field", "/weight"),
        new("a limit of zero", "PUT", "limits/key/k", """{"concurrency":0}""", 422, "invalid-field", "/concurrency"),
        new("a limit of nothing", "PUT", "limits/key/k", "{}", 422, "invalid-field"),
        new("a limit of what has none", "GET", "limits/worker/w", null, 404, "not-found"),
        new("an `If-None-Match` of a change that is not `*`", "PUT", "limits/key/k", """{"concurrency":2}""", 400, "malformed") { Header = ("If-None-Match", "\"7\"") },
        new("a state that changed since it was read", "PUT", "limits/key/k", """{"concurrency":2}""", 412, "precondition-failed") { Header = ("If-Match", "\"6\""), Grains = grains => grains.On("ILimiterGrain.PutAsync", args => throw PreconditionFailedException.Of("limit", (Precondition)args[1]!)) },
        new("a cron expression that is wrong", "POST", "schedules", """{"id":"s","cron":"99 2 * * *","job":{"task":"t","input":1}}""", 422, "invalid-field", "/cron") { Grains = Invalid("/cron") },
        new("a time zone that is not known", "POST", "schedules", """{"id":"s","cron":"30 2 * * *","timeZone":"Europe/Berlni","job":{"task":"t","input":1}}""", 422, "invalid-field", "/timeZone") { Grains = Invalid("/timeZone") },
        new("a patch in another format", "PATCH", "schedules/s", "[]", 415, "media-type") { Header = ("Content-Type", "application/json-patch+json") },
        new("a webhook that leads nowhere", "POST", "webhooks", """{"url":"ftp://example.com"}""", 422, "invalid-field", "/url") { Grains = grains => grains.On("IWebhookGrain.CreateAsync", _ => throw new InvalidWebhookException([new WebhookFault("/url", "Because.")])) },
        new("an action that is none", "POST", "bulk", """{"action":"pause","filter":{"task":"t"}}""", 422, "invalid-field", "/action"),
        new("an empty filter", "POST", "bulk", """{"action":"cancel","filter":{}}""", 422, "invalid-field"),
        new("an address that is not there", "GET", "nothing", null, 404, "not-found"),
    ];

    private static Action<GrainCalls> Invalid(string pointer) => grains => grains.On("IScheduleGrain.CreateAsync", _ => throw new InvalidScheduleException(pointer, "Because."));

    private static SubmitReply Submitted() => new([new SubmitResult { Job = Make.Job(JobState.Queued) }]);

    private static Action<GrainCalls> Rejecting(RejectionCode code) => grains =>
        grains.On("ISubmissionGrain.SubmitAsync", new SubmitReply([new SubmitResult { Rejection = Rejection.Of(code, "Because.") }]));
}
