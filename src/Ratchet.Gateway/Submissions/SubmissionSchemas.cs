using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Submissions;

/// <summary>What is said of a submission's fields.</summary>
internal static class SubmissionSchemas
{
    public const string Example = """{"task":"addition","input":{"num1":5,"num2":10}}""";

    public static readonly ApiBody Rate = ApiBody.Of("Rate", "How many may start within a window.", RateField.Shape, default, new Dictionary<string, string>
    {
        ["count"] = "How many may start within any window: 1 to 10,000.",
        ["window"] = "From 1 second to 1 day.",
    }, "count", "window");

    public static readonly ApiBody Retry = ApiBody.Of("RetryPolicy", "When a failed attempt is made again, instead of the task's own policy.", RetryField.Shape, new RetryField.Draft(new RetryPolicy(), null), new Dictionary<string, string>
    {
        ["strategy"] = "How the wait grows from attempt to attempt.",
        ["maxAttempts"] = "1 to 100.",
        ["initialDelay"] = "The first wait.",
        ["maxDelay"] = "The longest wait.",
        ["factor"] = "By which exponential waits grow.",
        ["jitter"] = "Whether waits are spread at random, so that jobs that failed together do not come back together.",
        ["delays"] = "The waits themselves, at least one, instead of how they are worked out.",
        ["maxElapsed"] = "How long after its first attempt a job is tried again at the latest.",
        ["retryOn"] = "Names and kinds of failures that are tried again whatever they are.",
        ["noRetryOn"] = "Names and kinds of failures that are not tried again.",
    });

    public static readonly ApiBody Unique = ApiBody.Of("Unique", "One job a key.", UniqueField.Shape, default, new Dictionary<string, string>
    {
        ["key"] = "Of which there is to be one job, 1 to 200 characters.",
        ["period"] = "How long the key is held; until the job's end when absent.",
        ["onConflict"] = "What becomes of a submission while another job holds the key: it is refused (409), answered with that job, or put in its place.",
    }, "key");

    public static readonly ApiBody Debounce = ApiBody.Of("Debounce", "One job when submits with a key pause.", DebounceField.Shape, default, new Dictionary<string, string>
    {
        ["key"] = "Which submits of the task belong together, 1 to 200 characters.",
        ["delay"] = "How long after the last submit the job runs.",
        ["maxDelay"] = "How long after the first submit it runs at the latest.",
    }, "key", "delay");

    public static readonly ApiBody Job = ApiBody.Of("JobSubmission", "A job to run. A field that is null counts as absent; an unknown one is an error.", SubmitRequest.Shape, SubmitRequest.Nothing, new Dictionary<string, string>
    {
        ["task"] = "Name of the task.",
        ["version"] = "A version of it; the current one when absent.",
        ["input"] = "Any JSON that matches the task's input schema; at most 1 MiB.",
        ["priority"] = "NORMAL when absent.",
        ["queue"] = "Name of a queue, default when absent; a queue is there when it is named.",
        ["runAt"] = "Not before this instant; up to a minute in the past means now.",
        ["delay"] = "Not before so long from now; instead of runAt.",
        ["deadline"] = "When no attempt has started by then, the job ends EXPIRED; one that is retried does not.",
        ["expiresIn"] = "A deadline so long after the job was accepted; instead of deadline.",
        ["timeout"] = "Longest run of one attempt; the task's own when absent.",
        ["maxAttempts"] = "1 to 100; the task's own policy when absent.",
        ["retry"] = "A policy instead of the task's own.",
        ["escalateAfter"] = "A job that has waited so long for its start gets another priority.",
        ["escalateTo"] = "That priority; URGENT when absent.",
        ["fairnessKey"] = "Keys of a queue take turns, by weight.",
        ["concurrencyKey"] = "Jobs with the same key share a limit of how many run at once.",
        ["concurrencyLimit"] = "That limit, where none is set for the key; 1 when absent.",
        ["rateKey"] = "Jobs with the same key share a rate of starts.",
        ["rateLimit"] = "That rate, where none is set for the key.",
        ["unique"] = "One job a key.",
        ["debounce"] = "One job when submits with the key pause, as the last of them said.",
        ["retention"] = "How long the job is kept after its end, instead of what is set for its state; zero: for ever.",
        ["record"] = "Which executions are recorded, for replay; as the task says when absent.",
        ["cache"] = "false: it is run, whatever its task's result cache has, and its result is given to no other; true when absent.",
        ["idempotencyKey"] = "As the Idempotency-Key header.",
    }, "task", "input");

    public static readonly ApiBody TaskJob = Job.Needing("TaskSubmission", "A job of the task that the path names, which task need not repeat.", "input");

    public static readonly ApiType BulkResult = ApiType.Of("BulkSubmitResult", "What became of one job of a bulk submit.",
        ("index", Schema.Integer("Its place in the request, from 0.", 0)),
        ("status", Schema.Integer("The HTTP status that it would have had by itself: 201 for a new job, 200 for one that is there already for its key.")),
        ("id?", Schema.Uuid("The job.")),
        ("state?", Schema.Word(JobStates.All.Select(state => state.Name()))),
        ("problem?", ApiType.Problem));
}
