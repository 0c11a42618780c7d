using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Statistics;

/// <summary>Statistics as <see cref="StatisticsJson"/> writes them.</summary>
internal static class StatisticsSchemas
{
    private static readonly ApiType Throughput = ApiType.Of("Throughput", "Jobs that came to an end.",
        ("completed", Schema.Integer(null, 0)),
        ("failed", Schema.Integer(null, 0)),
        ("perSecond", Schema.Number()));

    private static readonly ApiType Times = ApiType.Of("Times", "How long something took. Quantiles are absent when there was nothing.",
        ("count", Schema.Integer(null, 0)),
        ("p50Ms?", Schema.Number()),
        ("p95Ms?", Schema.Number()),
        ("p99Ms?", Schema.Number()));

    public static readonly ApiType Statistics = ApiType.Of("Statistics", "Numbers of jobs, and how long they take.",
        ("at", Schema.Instant()),
        ("jobs", Schema.Map(Schema.Integer(null, 0), "Jobs by state.")),
        ("more", Schema.List(Schema.Word(JobSchemas.States), null, "States of which there are more than were counted.")),
        ("queues", Schema.List(Schema.Object(null, ("name", Schema.Text()), ("jobs", Schema.Map(Schema.Integer(null, 0), "Jobs by state."))))),
        ("throughput", Schema.Object("Over the last minute and hour.", ("minute", Throughput), ("hour", Throughput))),
        ("window", Schema.Duration()),
        ("failures", Schema.Map(Schema.Integer(null, 0), $"Failed attempts by kind: {string.Join(", ", Enum.GetNames<FailureKind>())}.")),
        ("wait", Times),
        ("run", Times),
        ("nodes", Schema.Integer("Nodes whose numbers these are.", 0)));
}
