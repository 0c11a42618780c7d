using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Ratchet.Bulk;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.Tests.OpenApi;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Lists;
using Ratchet.Queues;
using Ratchet.Recordings;
using Ratchet.Schedules;
using Ratchet.Tasks;
using Ratchet.Tests.Support;
using Ratchet.Workers;

namespace Ratchet.Gateway.Tests.Lists;

/// <summary>What lists are described to be filtered by is what they can be filtered by, each comparison of each field.</summary>
public sealed class ListDescriptionTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    [Fact]
    public async Task Jobs() => await HoldAsync("/api/v1/jobs", JobList.Schema);

    [Fact]
    public async Task Executions() => await HoldAsync("/api/v1/executions", ExecutionList.Schema);

    [Fact]
    public async Task Tasks() => await HoldAsync("/api/v1/tasks", TaskList.Schema);

    [Fact]
    public async Task Schedules() => await HoldAsync("/api/v1/schedules", ScheduleList.Schema);

    [Fact]
    public async Task Queues() => await HoldAsync("/api/v1/queues", QueueList.Schema);

    [Fact]
    public async Task Limits() => await HoldAsync("/api/v1/limits", LimitList.Schema);

    [Fact]
    public async Task Workers() => await HoldAsync("/api/v1/workers", WorkerList.Schema);

    [Fact]
    public async Task Bulk() => await HoldAsync("/api/v1/bulk", BulkList.Schema);

    [Fact]
    public async Task Recordings() => await HoldAsync("/api/v1/tasks/{name}/recordings", RecordingList.Schema);

    private async Task HoldAsync<TField, TItem>(string path, ListSchema<TField, TItem> schema) where TField : struct, Enum
    {
        var reader = new ListReader<TField, TItem>(schema, ["id"]);
        var allowed = new List<string>();
        foreach (ListField<TField, TItem> field in schema.Fields)
        {
            foreach (FilterOperator comparison in field.Operators)
            {
                string name = comparison == FilterOperator.Equal ? field.Name : $"{field.Name}_{comparison.Name()}";
                allowed.Add(name);
                Filter<TField> filter = reader.Read(new QueryCollection(new Dictionary<string, StringValues> { [name] = ValueOf(field) })).Query.Filter!;
                Assert.Equal((field.Field, comparison), (filter.Field, filter.Operator));
            }
        }

        Description description = await DescriptionCheck.OfAsync(gateway.Services);
        JsonArray parameters = description.Operations.Single(o => o.Path == path && o.Method == "GET").Operation["parameters"]!.AsArray();
        string[] rules = ["_start", "_end", "_sort", "_order", "after", "before", "limit", "fields", "filter"];
        IEnumerable<string> described = parameters.Where(p => p!["in"]!.GetValue<string>() == "query").Select(p => p!["name"]!.GetValue<string>()).Except(rules);
        Assert.Equal(allowed.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    private static string ValueOf<TField, TItem>(ListField<TField, TItem> field) where TField : struct, Enum => field.Kind switch
    {
        FieldKind.Word or FieldKind.Level => field.Words[0].Word,
        FieldKind.Number => "7",
        FieldKind.Instant => GatewayStandIn.Now.ToString("O", CultureInfo.InvariantCulture),
        FieldKind.Id => Make.Id,
        FieldKind.Flag => "true",
        _ => "a",
    };
}
