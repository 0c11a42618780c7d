using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Queues;

namespace Ratchet.Gateway.Queues;

/// <summary>/api/v1/queues.</summary>
public static class QueueEndpoints
{
    private const int BodyBytes = 4 << 10;

    private static readonly ListReader<QueueField, QueueView> Reader = new(QueueList.Schema, QueueJson.Members);

    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/queues", ListAsync).Describe("listQueues", "List queues", op => Reader.Describe(op, "The queues.", QueueSchemas.Queue));
        routes.MapGet("/api/v1/queues/{name}", AnswerAsync).Describe("getQueue", "Get a queue", op => op.Answer(200, "The queue.", QueueSchemas.Queue, headers: ["ETag"]));
        foreach ((string verb, WorkMode mode) in WorkModePaths.All)
            routes.MapPost($"/api/v1/queues/{{name}}/{verb}", (HttpContext http, string name, IGrainFactory grains) => SetModeAsync(http, name, mode, grains))
                .Describe($"{verb}Queue", $"{WorkModePaths.Meaning(mode)} a queue", op => op.IfMatch().TakesNothing().Answer(200, "The queue.", QueueSchemas.Queue, headers: ["ETag"]));
        routes.MapPut("/api/v1/queues/{name}/weights/{**key}", PutWeightAsync).Describe("setQueueWeight", "Set a fairness key's weight", op => op
            .IfMatch()
            .Takes(QueueSchemas.WeightBody, """{"weight":2.5}""")
            .Answer(200, "The weight.", QueueSchemas.Weight, """{"key":"gold","weight":2.5}"""));
        routes.MapDelete("/api/v1/queues/{name}/weights/{**key}", DeleteWeightAsync).Describe("deleteQueueWeight", "Give a fairness key weight 1 again", op => op.IfMatch().Answer(204, "It has weight 1."));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<QueueField> request = Reader.Read(http.Request.Query);
        IReadOnlyList<QueueView> queues = await grains.GetGrain<IQueueDirectoryGrain>(0).ListAsync(http.Tenant(), http.RequestAborted);
        await ListResponse.WriteAsync(http, QueueList.Schema, request, QueueList.Schema.Page(queues, request.Query), QueueJson.Write);
    }

    private static async Task AnswerAsync(HttpContext http, string name, IGrainFactory grains)
    {
        QueueView queue = await grains.GetGrain<IQueueDirectoryGrain>(0).GetAsync(http.Tenant(), Checked(name), http.RequestAborted) ?? throw Unknown(name);
        EntityTags.Write(http, queue.Revision);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => QueueJson.Write(json, queue));
    }

    private static async Task SetModeAsync(HttpContext http, string name, WorkMode mode, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        IQueueGrain queue = Queue(http, grains, name);
        await queue.SetModeAsync(mode, EntityTags.Only(http));
        await AnswerAsync(http, name, grains);
    }

    private static async Task PutWeightAsync(HttpContext http, string name, string key, IGrainFactory grains)
    {
        double weight = WeightRequest.Read(await RequestBody.ReadJsonAsync(http, BodyBytes));
        IQueueGrain queue = Queue(http, grains, name);
        await queue.SetWeightAsync(Key(key), weight, EntityTags.Only(http));
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("key", Key(key));
            json.WriteNumber("weight", weight);
            json.WriteEndObject();
        });
    }

    private static async Task DeleteWeightAsync(HttpContext http, string name, string key, IGrainFactory grains)
    {
        await Queue(http, grains, name).SetWeightAsync(Key(key), null, EntityTags.Only(http));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A queue is there when it is named: one can be paused before its first job.</summary>
    private static IQueueGrain Queue(HttpContext http, IGrainFactory grains, string name) => grains.GetGrain<IQueueGrain>(new QueueKey(http.Tenant(), Checked(name)).GrainKey);

    private static string Checked(string name) => EntityName.IsName(name) ? name : throw Unknown(name);

    private static string Key(string text)
    {
        string key = PathKey.Decode(text);
        return EntityName.IsText(key) ? key : throw new ProblemException(Problem.NotFound($"No fairness key can be '{key}'."));
    }

    private static ProblemException Unknown(string name) => new(Problem.NotFound($"There is no queue '{name}'."));
}
