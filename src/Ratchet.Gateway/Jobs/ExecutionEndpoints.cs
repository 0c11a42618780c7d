using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Lists;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/executions: attempts at jobs, by themselves.</summary>
public static class ExecutionEndpoints
{
    private static readonly ListReader<ExecutionField, ExecutionView> Reader = new(ExecutionList.Schema, ExecutionJson.ListMembers);

    public static void MapExecutions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/executions", ListAsync).Describe("listExecutions", "List executions, newest first", op => Reader.Describe(op, "Executions without output and log.", JobSchemas.ExecutionOfJob));
        routes.MapGet("/api/v1/executions/{id}", GetAsync).Describe("getExecution", "Get an execution that has ended", op => op.Path("id", Schema.Uuid()).Answer(200, "The execution.", JobSchemas.ExecutionOfJob));
        routes.MapGet("/api/v1/executions/{id}/logs", GetLogsAsync).Describe("getExecutionLogs", "What an execution logged", op => op.Path("id", Schema.Uuid()).AnswerList("The lines.", JobSchemas.LogLine));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<ExecutionField> request = Reader.Read(http.Request.Query);
        ListPage<ExecutionView> page = await grains.GetGrain<IJobDirectoryGrain>(0).ListExecutionsAsync(http.Tenant(), request.Query, http.RequestAborted);
        await ListResponse.WriteAsync(http, ExecutionList.Schema, request, page, ExecutionJson.WriteListed);
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains)
    {
        ExecutionView execution = await RequireAsync(http, id, grains);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => ExecutionJson.WriteAlone(json, execution));
    }

    private static async Task GetLogsAsync(HttpContext http, string id, IGrainFactory grains)
    {
        ExecutionView execution = await RequireAsync(http, id, grains);
        await JsonResponse.WriteListAsync(http, [.. LogLineJson.Of(execution)], static (json, line) => line.Write(json));
    }

    private static async Task<ExecutionView> RequireAsync(HttpContext http, string id, IGrainFactory grains)
    {
        ExecutionView? execution = Guid.TryParseExact(id, "D", out Guid one)
            ? await grains.GetGrain<IJobDirectoryGrain>(0).GetExecutionAsync(http.Tenant(), one, http.RequestAborted)
            : null;
        return execution ?? throw new ProblemException(Problem.NotFound($"There is no execution '{id}'. One that still runs is there when it has ended; its job shows it till then."));
    }
}
