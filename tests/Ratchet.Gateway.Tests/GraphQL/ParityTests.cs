using System.Text.Json;
using GraphQL.Types;
using Ratchet.Gateway.GraphQL.Schema;
using Ratchet.Gateway.Schedules;
using Ratchet.Gateway.Submissions;
using Ratchet.Gateway.Webhooks;
using Ratchet.Tests.Support;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>What REST can do, GraphQL can do.</summary>
public sealed class ParityTests
{
    private static readonly SchemaTypes Types = new(new SchemaOfGateway(null!, new()).Types);

    /// <summary>What stands for an operation of REST where its name does not.</summary>
    private static readonly Dictionary<string, string> Counterparts = new()
    {
        ["ready"] = "Query.health",
        ["listJobEvents"] = "Job.events",
        ["getTaskCache"] = "Task.cache",
        ["listTaskVersions"] = "Task.versions",
        ["listTaskPromotions"] = "Task.promotions",
        ["getTaskVersionZip"] = "TaskVersion.zipUrl",
        ["getTaskZip"] = "TaskVersion.zipUrl",
        ["explainJob"] = "Job.why",
        ["getJobLogs"] = "Subscription.executionLogs",
        ["getExecutionLogs"] = "Execution.log",
        ["deleteQueueWeight"] = "Mutation.setQueueWeight",
        ["listBulk"] = "Query.bulkOperations",
        ["getBulk"] = "Query.bulkOperation",
        ["listRecordings"] = "Task.recordings",
        ["patchSchedule"] = "Mutation.updateSchedule",
        ["previewSchedule"] = "Schedule.preview",
        ["listFires"] = "Schedule.fires",
        ["listBackfills"] = "Schedule.backfills",
        ["pauseBackfill"] = "Mutation.moveBackfill",
        ["resumeBackfill"] = "Mutation.moveBackfill",
        ["cancelBackfill"] = "Mutation.moveBackfill",
        ["patchWebhook"] = "Mutation.updateWebhook",
        ["listDeliveries"] = "Webhook.deliveries",
        ["getDelivery"] = "Webhook.delivery",
    };

    /// <summary>That the process runs: whoever is answered at all knows.</summary>
    private static readonly string[] Without = ["live"];

    [Fact]
    public async Task Each_operation_of_REST_has_a_counterpart()
    {
        using JsonDocument description = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs", "openapi.json")));
        string[] operations = [.. description.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Where(o => o.Value.ValueKind == JsonValueKind.Object && o.Value.TryGetProperty("operationId", out _)).Select(o => o.Value.GetProperty("operationId").GetString()!)];
        Assert.NotEmpty(operations);
        Assert.Equal([], operations.Except(Without).Where(operation => !Types.Has(CounterpartOf(operation))).Select(operation => $"{operation}: there is no {CounterpartOf(operation)}"));
        Assert.Equal([], Counterparts.Keys.Except(operations).Select(gone => $"{gone} is no operation of REST"));
    }

    [Fact]
    public void Inputs_have_the_fields_that_bodies_have()
    {
        Assert.Equal(SubmitRequest.Shape.Order(), Types.FieldsOf("JobInput"));
        Assert.Equal(ScheduleRequest.Shape.Where(f => f != "status").Order(), Types.FieldsOf("ScheduleInput"));
        Assert.Equal(WebhookRequest.Shape.Where(f => f != "status").Order(), Types.FieldsOf("WebhookInput"));
    }

    [Fact]
    public void Each_type_with_a_global_id_is_read_by_it() => Assert.Equal(Types.Nodes, NodeQueries.Readers.Keys.Order());

    /// <summary><c>getJob</c> is <c>Query.job</c>, <c>listJobs</c> is <c>Query.jobs</c>, and what changes something has the same name.</summary>
    private static string CounterpartOf(string operation)
    {
        if (Counterparts.TryGetValue(operation, out string? field)) return field;
        if (operation == "health") return "Query.health";
        int verb = operation.StartsWith("get", StringComparison.Ordinal) ? 3 : operation.StartsWith("list", StringComparison.Ordinal) ? 4 : 0;
        return verb == 0 ? (operation == "previewTiming" ? "Query.previewTiming" : $"Mutation.{operation}") : $"Query.{char.ToLowerInvariant(operation[verb])}{operation[(verb + 1)..]}";
    }

    private sealed class SchemaTypes(ISchema schema)
    {
        public IEnumerable<string> Nodes => schema.AllTypes.OfType<IObjectGraphType>().Where(t => t.ResolvedInterfaces.Any(i => i.Name == "Node")).Select(t => t.Name).Order();

        public bool Has(string field)
        {
            string[] parts = field.Split('.');
            return (schema.AllTypes[parts[0]] as IComplexGraphType)?.Fields.Find(parts[1]) is not null;
        }

        public IEnumerable<string> FieldsOf(string type) => ((IComplexGraphType)schema.AllTypes[type]!).Fields.Select(f => f.Name).Order();
    }
}
