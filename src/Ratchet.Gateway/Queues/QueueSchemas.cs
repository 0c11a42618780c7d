using Ratchet.Gateway.Limiting;
using Ratchet.Gateway.OpenApi;

namespace Ratchet.Gateway.Queues;

/// <summary>Queues as <see cref="QueueJson"/> writes them.</summary>
internal static class QueueSchemas
{
    public static readonly string[] Modes = ["ACTIVE", "PAUSED", "DRAINING"];

    public static readonly ApiType Queue = ApiType.Of("Queue", "Jobs that wait in one order.",
        ("name", Schema.Text()),
        ("mode", Schema.Word(Modes)),
        ("counts", Schema.Map(Schema.Integer(null, 0), "Jobs by state.")),
        ("stats", Schema.Object("What the queue has in memory.",
            ("window", Schema.Integer("Ready jobs in memory.", 0)),
            ("moreInStore", Schema.Flag("Whether the store has more.")),
            ("inFlight", Schema.Integer("Jobs that were handed out and are not settled.", 0)),
            ("nodes", Schema.Integer("Workers that take jobs of it.", 0)),
            ("lanes", Schema.Integer("Groups of jobs with the same task and keys.", 0)),
            ("held", Schema.Integer("Those of them that limits hold up.", 0)),
            ("nextDue?", Schema.Instant("When the next job that waits for its time is due.")))),
        ("limit?", Schema.Object("The limit that is set for the queue.", ("concurrency?", Schema.Integer(null, 1)), ("rate?", LimitSchemas.Rate))),
        ("weights", Schema.Map(Schema.Number(), "Turns of fairness keys that have another weight than 1.")));

    public static readonly ApiType Weight = ApiType.Of("Weight", "Turns of a fairness key.",
        ("key", Schema.Text()),
        ("weight", Schema.Number("Turns for each turn of a key with weight 1.")));

    public static readonly ApiBody WeightBody = ApiBody.Of("WeightRequest", "A weight.", WeightRequest.Shape, null, new Dictionary<string, string>
    {
        ["weight"] = "Turns for each turn of a key with weight 1: above 0, up to 1,000.",
    }, "weight");
}
