using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Submissions;

/// <summary>
/// Reads the body of POST /jobs. The input's bytes are taken over as they are, so that what a client sends is what its task sees. Types and forms are checked
/// here; what a field may be is checked where submissions are accepted.
/// </summary>
public static class SubmitRequest
{
    internal static readonly Draft Nothing = new(new Submission { Task = "", Input = [] }, HasInput: false, Retry: null);

    internal static readonly BodyShape<Draft> Shape = new("a job")
    {
        { "task", (draft, ref body) => draft with { Job = draft.Job with { Task = body.Text() } } },
        { "version", (draft, ref body) => draft with { Job = draft.Job with { Version = body.Text() } } },
        { "input", (draft, ref body) => draft with { Job = draft.Job with { Input = body.Raw() }, HasInput = true }, true },
        { "priority", (draft, ref body) => draft with { Job = draft.Job with { Priority = body.Priority() } } },
        { "queue", (draft, ref body) => draft with { Job = draft.Job with { Queue = body.Text() } } },
        { "runAt", (draft, ref body) => draft with { Job = draft.Job with { RunAt = body.Instant() } } },
        { "delay", (draft, ref body) => draft with { Job = draft.Job with { Delay = body.Duration() } } },
        { "deadline", (draft, ref body) => draft with { Job = draft.Job with { Deadline = body.Instant() } } },
        { "expiresIn", (draft, ref body) => draft with { Job = draft.Job with { ExpiresIn = body.Duration() } } },
        { "timeout", (draft, ref body) => draft with { Job = draft.Job with { Timeout = body.Duration() } } },
        { "maxAttempts", (draft, ref body) => draft with { Job = draft.Job with { MaxAttempts = body.Integer() } } },
        { "retry", (draft, ref body) => draft with { Retry = RetryField.Read(ref body) } },
        { "escalateAfter", (draft, ref body) => draft with { Job = draft.Job with { EscalateAfter = body.Duration() } } },
        { "escalateTo", (draft, ref body) => draft with { Job = draft.Job with { EscalateTo = body.Priority() } } },
        { "fairnessKey", (draft, ref body) => draft with { Job = draft.Job with { FairnessKey = body.Text() } } },
        { "concurrencyKey", (draft, ref body) => draft with { Job = draft.Job with { ConcurrencyKey = body.Text() } } },
        { "concurrencyLimit", (draft, ref body) => draft with { Job = draft.Job with { ConcurrencyLimit = body.Integer() } } },
        { "rateKey", (draft, ref body) => draft with { Job = draft.Job with { RateKey = body.Text() } } },
        { "rateLimit", (draft, ref body) => draft with { Job = draft.Job with { RateLimit = RateField.Read(ref body) } } },
        { "unique", (draft, ref body) => draft with { Job = draft.Job with { Unique = UniqueField.Read(ref body) } } },
        { "debounce", (draft, ref body) => draft with { Job = draft.Job with { Debounce = DebounceField.Read(ref body) } } },
        { "retention", (draft, ref body) => draft with { Job = draft.Job with { Retention = body.Duration() } } },
        { "record", (draft, ref body) => draft with { Job = draft.Job with { Record = body.Word(RecordModes.Words) } } },
        { "cache", (draft, ref body) => draft with { Job = draft.Job with { NoCache = !body.Boolean() } } },
        { "idempotencyKey", (draft, ref body) => draft with { Job = draft.Job with { IdempotencyKey = body.Text() } } },
    };

    /// <param name="headerKey">The Idempotency-Key header, which counts like the field; when both are there they must be the same.</param>
    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static Submission Read(ReadOnlySpan<byte> body, string? headerKey = null) => WithKey(Checked(BodyReader.Read(body, Shape, Nothing), ""), headerKey);

    /// <summary>As <see cref="Read"/>, of a task that the path names.</summary>
    public static Submission ReadOf(string task, ReadOnlySpan<byte> body, string? headerKey)
    {
        Submission job = Checked(BodyReader.Read(body, Shape, Nothing with { Job = Nothing.Job with { Task = task } }), "");
        return job.Task == task ? WithKey(job, headerKey) : throw Wrong("/task", "task and the path differ; leave it out.");
    }

    private static Submission WithKey(Submission job, string? headerKey)
    {
        if (job.IdempotencyKey is { } key && headerKey is not null && key != headerKey)
            throw Wrong("/idempotencyKey", "idempotencyKey and the Idempotency-Key header differ.");
        return headerKey is null ? job : job with { IdempotencyKey = headerKey };
    }

    /// <summary>A job within another request, such as what a schedule submits.</summary>
    /// <exception cref="ProblemException">A field that is unknown, missing or of a wrong type (422).</exception>
    internal static Submission ReadTemplate(ref BodyReader body) => Checked(body.Object(Shape, Nothing), body.Pointer);

    /// <summary>The job, when fields have to do with each other what they may, as far as it would be lost on the way to where submissions are accepted.</summary>
    /// <param name="path">Pointer to the job within the request.</param>
    private static Submission Checked(Draft draft, string path)
    {
        Submission job = draft.Job;
        if (job.Task.Length == 0) throw Wrong($"{path}/task", "task is missing: the name of the task to run.");
        if (!draft.HasInput) throw Wrong($"{path}/input", "input is missing; send {} for a task that needs none.");
        if (job.MaxAttempts is { } attempts && draft.Retry?.MaxAttempts is { } others && attempts != others)
            throw Wrong($"{path}/retry/maxAttempts", "maxAttempts and retry.maxAttempts differ; send one of them.");
        return job with { Retry = draft.Retry?.Policy };
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));

    internal readonly record struct Draft(Submission Job, bool HasInput, RetryField.Draft? Retry);
}
