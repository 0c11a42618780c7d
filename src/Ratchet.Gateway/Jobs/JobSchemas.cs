using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Gateway.Jobs;

/// <summary>Jobs as <see cref="JobJson"/> and its neighbours write them.</summary>
internal static class JobSchemas
{
    public const string Example = """
        {"id":"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a","tenant":"default","task":"addition","version":"1.0.0","queue":"default","priority":"NORMAL","state":"COMPLETED","attempts":1,"maxAttempts":3,
        "lostWorkers":0,"createdAt":"2026-03-01T12:00:00+00:00","startedAt":"2026-03-01T12:00:00.002+00:00","finishedAt":"2026-03-01T12:00:00.004+00:00","input":{"num1":5,"num2":10},"output":{"sum":15}}
        """;

    public static readonly string[] States = [.. JobStates.All.Select(state => state.Name())];

    public static readonly ApiType Log = ApiType.Of("LogEntry", "A line that an execution has logged.",
        ("level", Schema.Text("debug, log, info, warn or error.")),
        ("offset", Schema.Integer("Microseconds since the execution's start.")),
        ("message", Schema.Text()));

    public static readonly ApiType Failure = ApiType.Of("Failure", "Why an attempt failed.",
        ("kind", Schema.Word(Enum.GetNames<FailureKind>(), "What kind of failure: retry policies read it.")),
        ("name", Schema.Text("Class of the error that the task threw, or the kind.")),
        ("message", Schema.Text()),
        ("stack?", Schema.Text("Where in the task's own code.")),
        ("details?", Schema.Any("What the task put into its error.")));

    public static readonly ApiType Execution = ApiType.Of("Execution", "One attempt at a job.", [.. Attempt(), ("log", Schema.List(Log))]);

    public static readonly ApiType ExecutionOfJob = ApiType.Of("ExecutionOfJob", "One attempt at a job, with what it is of.",
    [
        ("job", Schema.Uuid()),
        ("task?", Schema.Text()),
        ("version?", Schema.Text()),
        ("queue?", Schema.Text()),
        .. Attempt(),
        ("log?", Schema.List(Log, null, "Absent in lists.")),
    ]);

    public static readonly ApiType Job = ApiType.Of("Job", "One request to run a task.",
        ("id", Schema.Uuid("UUIDv7: ids sort by age.")),
        ("tenant", Schema.Text()),
        ("task", Schema.Text("Name of the task.")),
        ("version", Schema.Text("The task's version that runs.")),
        ("queue", Schema.Text()),
        ("priority", Schema.Word("LOW", "NORMAL", "HIGH", "URGENT")),
        ("state", Schema.Word(States, "COMPLETED, FAILED, CANCELLED, EXPIRED and QUARANTINED are ends.")),
        ("attempts", Schema.Integer("Attempts that were made.", 0)),
        ("maxAttempts", Schema.Integer(null, 1)),
        ("lostWorkers", Schema.Integer("Attempts that ended with their worker's process; they use up no attempt.", 0)),
        ("createdAt", Schema.Instant()),
        ("dueAt?", Schema.Instant("Not before.")),
        ("startedAt?", Schema.Instant("Of the last attempt.")),
        ("finishedAt?", Schema.Instant()),
        ("deadline?", Schema.Instant()),
        ("escalateAt?", Schema.Instant()),
        ("fairnessKey?", Schema.Text()),
        ("concurrencyKey?", Schema.Text()),
        ("rateKey?", Schema.Text()),
        ("uniqueKey?", Schema.Text()),
        ("node?", Schema.Text("The worker that runs it.")),
        ("incarnation?", Schema.Text("Which start of that worker.")),
        ("cached?", Schema.Flag("That its result is that of an equal job.")),
        ("cachedFrom?", Schema.Uuid("That job.")),
        ("idempotencyKey?", Schema.Text()),
        ("timeout?", Schema.Duration()),
        ("retry?", Submissions.SubmissionSchemas.Retry.Reference()),
        ("escalateTo?", Schema.Word(["LOW", "NORMAL", "HIGH", "URGENT"], "The priority that escalateAt raises it to.")),
        ("concurrencyLimit?", Schema.Integer("Its own limit for its concurrency key.", 1)),
        ("rateLimit?", Submissions.SubmissionSchemas.Rate.Reference()),
        ("retention?", Schema.Duration()),
        ("record?", Schema.Text("Which of its executions are recorded, whatever its task says.")),
        ("cache?", Schema.Flag("false: it shares no result of its task's cache.")),
        ("input?", Schema.Any("Absent in lists.")),
        ("output?", Schema.Any("What the task returned.")),
        ("failure?", Failure),
        ("executions?", Schema.List(Execution)));

    public static readonly ApiType Event = ApiType.Of("JobEvent", "One step of a job's history.", Step());

    public static readonly ApiType EventOfAll = ApiType.Of("Event", "One step of a job's history, with what it is of.",
        [.. Step(), ("job", Schema.Uuid()), ("task?", Schema.Text()), ("queue?", Schema.Text())]);

    public static readonly ApiType LogLine = ApiType.Of("LogLine", "A line of a job's log.",
        ("execution", Schema.Uuid()),
        ("attempt", Schema.Integer()),
        ("line", Schema.Integer("From 1 in each execution.", 1)),
        ("at", Schema.Instant()),
        ("offset", Schema.Integer("Microseconds since the execution's start.")),
        ("level", Schema.Text()),
        ("message", Schema.Text()));

    public static readonly ApiType Explanation = ApiType.Of("JobExplanation", "Why a job does not run.",
        ("cause", Schema.Word([.. Enum.GetValues<WaitCause>().Select(ExplanationJson.Name).Distinct()], "The one thing that is in its way now.")),
        ("text", Schema.Text("In a sentence.")),
        ("subject?", Schema.Text("What is in the way: a key, a queue, a worker.")),
        ("until?", Schema.Instant()),
        ("holders", Schema.List(Schema.Uuid(), 20, "Jobs that hold the limit.")),
        ("ahead?", Schema.Integer("Jobs that go before it.")),
        ("aheadByPriority?", Schema.Integer("Those of them that have a higher priority.")),
        ("estimate?", Schema.Instant("When it may start, if all goes on as lately.")),
        ("job", Job));

    public static readonly ApiType Cancelled = ApiType.Of("JobCancelled", "What a cancel did.",
        ("job", Job),
        ("was", Schema.Word(States, "The state that it was in.")),
        ("interrupted?", Schema.Text("The worker whose running attempt was interrupted.")));

    public static readonly ApiBody Cancel = ApiBody.Of("CancelRequest", "A cancel.", CancelRequest.Shape, null, new Dictionary<string, string>
    {
        ["reason"] = "For the job's history, at most 500 characters.",
    });

    public static readonly ApiBody Priority = ApiBody.Of("PriorityRequest", "A change of priority.", PriorityRequest.Shape, null, new Dictionary<string, string>
    {
        ["priority"] = "What the job is to have.",
    }, "priority");

    private static (string Name, JsonObject Schema)[] Attempt() =>
    [
        ("id", Schema.Uuid()),
        ("attempt", Schema.Integer("From 1.")),
        ("outcome", Schema.Text("COMPLETED, FAILED, LOST or CANCELLED.")),
        ("startedAt", Schema.Instant()),
        ("finishedAt", Schema.Instant()),
        ("node?", Schema.Text("The worker that ran it.")),
        ("incarnation?", Schema.Text("Which start of that worker.")),
        ("output?", Schema.Any()),
        ("failure?", Failure),
        ("recorded", Schema.Flag("Whether there is a recording of it.")),
    ];

    private static (string Name, JsonObject Schema)[] Step() =>
    [
        ("cursor", Schema.Text("Its place among all events.")),
        ("at", Schema.Instant()),
        ("transition", Schema.Text("What was done.")),
        ("from?", Schema.Word(States)),
        ("to", Schema.Word(States)),
        ("attempt", Schema.Integer()),
        ("actor", Schema.Text("Who did it: a worker, a client, the server.")),
        ("incarnation?", Schema.Text("Which start of that worker.")),
        ("reason?", Schema.Text()),
    ];
}
