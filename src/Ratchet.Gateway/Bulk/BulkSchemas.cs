using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Bulk;

/// <summary>Bulk operations as <see cref="BulkJson"/> writes them.</summary>
internal static class BulkSchemas
{
    public static readonly ApiType Bulk = ApiType.Of("BulkOperation", "One change of many jobs.",
        ("id", Schema.Uuid()),
        ("action", Schema.Word("cancel", "retry", "reprioritise", "delete")),
        ("state", Schema.Word("RUNNING", "COMPLETED", "CANCELLED")),
        ("total", Schema.Integer("Jobs that the filter picks.", 0)),
        ("changed", Schema.Integer(null, 0)),
        ("skipped", Schema.Integer("Jobs that could not be changed when their turn came.", 0)),
        ("actor", Schema.Text()),
        ("createdAt", Schema.Instant()),
        ("finishedAt?", Schema.Instant()));

    public static readonly ApiBody Body = ApiBody.Of("BulkRequest", "A change of all jobs that a filter picks.", BulkFields.Shape, new BulkFields.Draft(null, new JobFilter(), null, null), new Dictionary<string, string>
    {
        ["action"] = "Each goes for the jobs whose state allows it.",
        ["filter"] = "At least one of its fields.",
        ["filter.state"] = "States.",
        ["filter.task"] = "Name of a task.",
        ["filter.queue"] = "Name of a queue.",
        ["filter.createdBefore"] = "Jobs that are older.",
        ["priority"] = "For reprioritise: what the jobs are to have.",
    }, "action", "filter");
}
