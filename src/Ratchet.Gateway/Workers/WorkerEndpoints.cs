using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Workers;

namespace Ratchet.Gateway.Workers;

/// <summary>/api/v1/workers.</summary>
public static class WorkerEndpoints
{
    private const int BodyBytes = 4 << 10;

    private static readonly ListReader<WorkerField, WorkerNodeView> Reader = new(WorkerList.Schema, WorkerJson.Members);

    public static void MapWorkers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/workers", ListAsync).Describe("listWorkers", "List workers", op => Reader.Describe(op, "The workers of the cluster.", WorkerSchemas.Worker));
        routes.MapGet("/api/v1/workers/{name}", AnswerAsync).Describe("getWorker", "Get a worker", op => op.Answer(200, "The worker.", WorkerSchemas.Worker));
        routes.MapPost("/api/v1/workers/{name}/drain", (HttpContext http, string name, IGrainFactory grains) => SetDrainingAsync(http, name, true, grains))
            .Describe("drainWorker", "Let a worker finish what it has and take no more", op => op.TakesNothing().Answer(200, "The worker.", WorkerSchemas.Worker));
        routes.MapPost("/api/v1/workers/{name}/resume", (HttpContext http, string name, IGrainFactory grains) => SetDrainingAsync(http, name, false, grains))
            .Describe("resumeWorker", "Let a worker take jobs again", op => op.TakesNothing().Answer(200, "The worker.", WorkerSchemas.Worker));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<WorkerField> request = Reader.Read(http.Request.Query);
        await ListResponse.WriteAsync(http, WorkerList.Schema, request, WorkerList.Schema.Page(await Workers(grains).ListAsync(), request.Query), WorkerJson.Write);
    }

    private static async Task AnswerAsync(HttpContext http, string name, IGrainFactory grains)
    {
        WorkerNodeView worker = (await Workers(grains).ListAsync()).FirstOrDefault(w => w.Name == name) ?? throw Unknown(name);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => WorkerJson.Write(json, worker));
    }

    private static async Task SetDrainingAsync(HttpContext http, string name, bool draining, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        if (!await Workers(grains).SetDrainingAsync(name, draining)) throw Unknown(name);
        await AnswerAsync(http, name, grains);
    }

    private static IWorkerDirectoryGrain Workers(IGrainFactory grains) => grains.GetGrain<IWorkerDirectoryGrain>(0);

    private static ProblemException Unknown(string name) => new(Problem.NotFound($"There is no worker '{name}' in the cluster."));
}
