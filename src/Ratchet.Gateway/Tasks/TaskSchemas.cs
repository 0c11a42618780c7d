using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Queues;

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
    ];

    public static readonly ApiType Summary = ApiType.Of("TaskSummary", "A task without its schemas and policies.", Fields());

    public static readonly ApiType Task = ApiType.Of("Task", "What can be run.",
    [
        .. Fields(),
        ("versions", Schema.List(Schema.Text())),
        ("inputSchema", Schema.Any("JSON Schema of inputs.")),
        ("outputSchema", Schema.Any("JSON Schema of outputs.")),
        ("execution", Schema.Object("How it is run.",
            ("timeoutMs", Schema.Number()),
            ("context", Schema.Word("warm", "fresh")),
            ("heapMb", Schema.Integer()),
            ("record", Schema.Word("always", "onFailure", "never")),
            ("cpuTimeMs?", Schema.Number()),
            ("arrayBufferMb?", Schema.Integer()),
            ("outputBytes?", Schema.Integer()),
            ("logLines?", Schema.Integer()),
            ("logBytes?", Schema.Integer()),
            ("jsonDepth?", Schema.Integer()))),
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
    ]);
}
