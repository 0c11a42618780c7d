using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Queues;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>Tasks as <see cref="TaskJson"/> writes them.</summary>
internal static class TaskSchemas
{
    private static readonly Func<(string Name, JsonObject Schema)[]> Fields = () =>
    [
        ("name", Schema.Text()),
        ("uuid", Schema.Uuid()),
        ("version", Schema.Text("The current one.")),
        ("label", Schema.Text()),
        ("description", Schema.Text()),
        ("digest", Schema.Text("Hash of its files.")),
        ("enabled", Schema.Flag("Whether it takes new jobs.")),
        ("mode", Schema.Word(QueueSchemas.Modes)),
        ("circuit", Schema.Object("Its circuit breaker.", ("state", Schema.Word("CLOSED", "OPEN", "HALF_OPEN")), ("openUntil?", Schema.Instant()))),
        ("source", Schema.Text("Where it was loaded from.")),
        ("sourceGone", Schema.Flag("Whether that is no longer there.")),
        ("createdAt", Schema.Instant()),
        ("createdBy", Schema.Text("Who stored its first version.")),
    ];

    public static readonly ApiType Summary = ApiType.Of("TaskSummary", "A task without its schemas and policies.", Fields());

    public static readonly ApiType Task = ApiType.Of("Task", "What can be run.",
    [
        .. Fields(),
        ("versions", Schema.List(Schema.Text())),
        .. Package(),
    ]);

    public static readonly ApiType Version = ApiType.Of("TaskVersion", "One version of a task.", VersionFields());

    public static readonly ApiType VersionDetails = ApiType.Of("TaskVersionDetails", "One version of a task, with its schemas and policies.", [.. VersionFields(), .. Package()]);

    public static readonly ApiType Uploaded = ApiType.Of("TaskUploaded", "The version that was sent. One that was deleted meanwhile has its name, version and digest alone.",
    [
        .. VersionFields().Select(field => field.Name is "name" or "version" or "digest" ? field : (field.Name + "?", field.Schema)),
        ("created", Schema.Flag("Whether it is new; false: the same was there.")),
    ]);

    public static readonly ApiType Promotion = ApiType.Of("TaskPromotion", "That a version became current.",
        ("sequence", Schema.Integer("From 1 in each task.", 1)),
        ("at", Schema.Instant()),
        ("kind", Schema.Word(Enum.GetValues<PromotionKind>().Select(kind => kind.Name()))),
        ("version", Schema.Text()),
        ("digest", Schema.Text("Hash of its files.")),
        ("actor", Schema.Text("Who did it.")));

    public static readonly ApiType Cache = ApiType.Of("TaskCache", "How a task's result cache does.",
        ("task", Schema.Text()),
        ("enabled", Schema.Flag("Whether the task has one.")),
        ("cache?", CachePolicy()),
        ("entries", Schema.Integer("Results that are kept.", 0)),
        ("hits", Schema.Integer(null, 0)),
        ("misses", Schema.Integer(null, 0)),
        ("waiting", Schema.Integer("Jobs that wait for an equal one to end.", 0)),
        ("purgedAt?", Schema.Instant()));

    public static readonly ApiBody RollBack = ApiBody.Of("RollBackRequest", "A roll-back.", RollBackRequest.Shape, null, new Dictionary<string, string>
    {
        ["from"] = "The version to give up, which has to be current: repeating is harmless then.",
    });

    private static JsonObject CachePolicy() => Schema.Object("What equal jobs are, and how long they have the same result.",
        ("ttlMs", Schema.Number()), ("key?", Schema.List(Schema.Text())));

    private static (string Name, JsonObject Schema)[] VersionFields() =>
    [
        ("name", Schema.Text()),
        ("uuid", Schema.Uuid()),
        ("version", Schema.Text()),
        ("label", Schema.Text()),
        ("description", Schema.Text()),
        ("digest", Schema.Text("Hash of its files.")),
        ("current", Schema.Flag("Whether new jobs get it.")),
        ("enabled", Schema.Flag("Whether jobs may name it.")),
        ("source", Schema.Text("Where it was loaded from.")),
        ("createdAt", Schema.Instant()),
        ("createdBy", Schema.Text("Who stored it.")),
    ];

    private static (string Name, JsonObject Schema)[] Package() =>
    [
        ("inputSchema", Schema.Any("JSON Schema of inputs.")),
        ("outputSchema", Schema.Any("JSON Schema of outputs.")),
        ("execution", Schema.Object("How it is run.",
            ("timeoutMs", Schema.Number()),
            ("context", Schema.Word("warm", "fresh")),
            ("heapMb", Schema.Integer()),
            ("record", Schema.Word("always", "onFailure", "never")),
            ("codeGeneration", Schema.Flag("Whether code may be made of text.")),
            ("cpuTimeMs?", Schema.Number()),
            ("arrayBufferMb?", Schema.Integer()),
            ("outputBytes?", Schema.Integer()),
            ("logLines?", Schema.Integer()),
            ("logBytes?", Schema.Integer()),
            ("jsonDepth?", Schema.Integer()))),
        ("cache?", CachePolicy()),
        ("circuitBreaker?", Schema.Object("When it rests because its executions fail.",
            ("failureRatio", Schema.Number()), ("minimumThroughput", Schema.Integer()), ("samplingMs", Schema.Number()), ("breakMs", Schema.Number()))),
        ("retry", Schema.Object("When failed attempts are made again.",
            ("maxAttempts", Schema.Integer()),
            ("strategy", Schema.Word("fixed", "linear", "exponential")),
            ("initialDelayMs", Schema.Number()),
            ("maxDelayMs", Schema.Number()),
            ("factor", Schema.Number()),
            ("jitter", Schema.Flag()),
            ("delaysMs", Schema.List(Schema.Number())),
            ("maxElapsedMs?", Schema.Number()),
            ("retryOn", Schema.List(Schema.Text())),
            ("noRetryOn", Schema.List(Schema.Text())))),
    ];
}
