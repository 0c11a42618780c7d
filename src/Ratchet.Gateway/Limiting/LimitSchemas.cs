using Ratchet.Gateway.OpenApi;

namespace Ratchet.Gateway.Limiting;

/// <summary>Limits as <see cref="LimitJson"/> writes them.</summary>
internal static class LimitSchemas
{
    public const string Example = """{"scope":"key","name":"customer/42","set":true,"concurrency":2,"rate":{"count":100,"window":"1m"},"held":1,"holders":["0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a"],"waiting":["default"],"started":4}""";

    public static readonly ApiType Rate = ApiType.Of("RateInForce", "Starts within a window.", ("count", Schema.Integer(null, 1)), ("window", Schema.Duration()));

    public static readonly ApiType Limit = ApiType.Of("Limit", "How many jobs run at once, and how often they start.",
        ("scope", Schema.Word("key", "queue", "task")),
        ("name", Schema.Text()),
        ("set", Schema.Flag("Whether somebody has set it, and not jobs brought it.")),
        ("concurrency?", Schema.Integer("The most at once that is in force.", 1)),
        ("rate?", Rate),
        ("held", Schema.Integer("Jobs that count against it now.", 0)),
        ("holders", Schema.List(Schema.Uuid(), 1_000)),
        ("waiting", Schema.List(Schema.Text("Queues that have jobs waiting."))),
        ("started", Schema.Integer("Places of the rate's present window that are taken.", 0)),
        ("nextStart?", Schema.Instant("When a job may start at the earliest.")));

    public static readonly ApiBody Body = ApiBody.Of("LimitRequest", "A limit, as a whole: at least one of its fields.", LimitRequest.Shape, default, new Dictionary<string, string>
    {
        ["concurrency"] = "1 to 1,000,000.",
        ["rate"] = "Starts within a window.",
    });
}
