using System.Diagnostics.Metrics;
using Ratchet.Gateway.GraphQL.Engine;

namespace Ratchet.Gateway.GraphQL;

/// <summary>What a gateway counts of GraphQL (docs/guides/metrics.md).</summary>
internal static class GraphQLMetrics
{
    private static readonly Meter Meter = new("Ratchet.Gateway");

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>("ratchet.graphql.operations", "{operation}", "Operations that were executed, by kind.");
    private static readonly Histogram<long> Costs = Meter.CreateHistogram<long>("ratchet.graphql.cost", "{point}", "Cost of operations, worked out before they are executed.");

    public static readonly UpDownCounter<long> Subscribers = Meter.CreateUpDownCounter<long>("ratchet.graphql.subscribers", "{subscriber}", "Subscriptions that are open.");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("ratchet.graphql.dropped", "{subscriber}", "Subscribers that were dropped as they did not keep up.");

    public static void Count(PreparedOperation operation)
    {
        var kind = new KeyValuePair<string, object?>("ratchet.graphql.kind", operation.Kind.ToString());
        Operations.Add(1, kind);
        Costs.Record(operation.Cost.Cost, kind);
    }
}
