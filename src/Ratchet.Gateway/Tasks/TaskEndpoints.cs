using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Caching;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>/api/v1/tasks.</summary>
public static class TaskEndpoints
{
    private const int BodyBytes = 4 << 10;

    private static readonly ListReader<TaskField, TaskView> Reader = new(TaskList.Schema, TaskJson.ListMembers);

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", ListAsync).Describe("listTasks", "List tasks", op => Reader.Describe(op, "Tasks without schemas and policies.", TaskSchemas.Summary));
        routes.MapGet("/api/v1/tasks/{name}", AnswerAsync).Describe("getTask", "Get a task with schemas, versions and policies", op => op.Answer(200, "The task.", TaskSchemas.Task, headers: ["ETag"]));
        routes.MapDelete("/api/v1/tasks/{name}", DeleteAsync).Describe("deleteTask", "Delete a task", op => Known(op)
            .IfMatch()
            .Answer(204, "It is gone.")
            .Problem(409, "task-in-use", "A job of it is not at an end, or a schedule submits it."));
        routes.MapGet("/api/v1/tasks/{name}/cache", GetCacheAsync).Describe("getTaskCache", "How a task's result cache does", op => Known(op).Answer(200, "The cache.", TaskSchemas.Cache));
        routes.MapDelete("/api/v1/tasks/{name}/cache", PurgeCacheAsync).Describe("purgeTaskCache", "Forget a task's cached results", op => Known(op)
            .Answer(200, "They are gone, and attempts that run now leave none.", Schema.Object(null, ("deleted", Schema.Integer("How many there were.", 0)))));
        routes.MapPost("/api/v1/tasks/{name}/enable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, true, grains))
            .Describe("enableTask", "Let a task take new jobs again", Changed);
        routes.MapPost("/api/v1/tasks/{name}/disable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, false, grains))
            .Describe("disableTask", "Let a task refuse new jobs", Changed);
        foreach ((string verb, WorkMode mode) in WorkModePaths.All)
            routes.MapPost($"/api/v1/tasks/{{name}}/{verb}", (HttpContext http, string name, IGrainFactory grains) => SetModeAsync(http, name, mode, grains))
                .Describe($"{verb}Task", $"{WorkModePaths.Meaning(mode)} a task", Changed);
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<TaskField> request = Reader.Read(http.Request.Query);
        IReadOnlyList<TaskView> tasks = await grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(http.Tenant(), http.RequestAborted);
        await ListResponse.WriteAsync(http, TaskList.Schema, request, TaskList.Schema.Page(tasks, request.Query), TaskJson.WriteSummary);
    }

    private static void Changed(Operation op) => Known(op).IfMatch().TakesNothing().Answer(200, "The task.", TaskSchemas.Task, headers: ["ETag"]);

    internal static Operation Known(Operation op) => op.Problem(404, "unknown-task", "There is no task of that name.").Problem(404, "not-found", "No task can have that name.");

    private static async Task AnswerAsync(HttpContext http, string name, IGrainFactory grains)
    {
        TaskView task = await Grain(http, grains, name).GetAsync() ?? throw Unknown(name);
        EntityTags.Write(http, task.Revision);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => TaskJson.WriteWhole(json, task));
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task SetModeAsync(HttpContext http, string name, WorkMode mode, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await Grain(http, grains, name).SetModeAsync(mode, EntityTags.Only(http));
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task EnableAsync(HttpContext http, string name, bool enabled, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await Grain(http, grains, name).EnableAsync(enabled, EntityTags.Only(http));
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="TaskInUseException">Something needs it.</exception>
    private static async Task DeleteAsync(HttpContext http, string name, IGrainFactory grains)
    {
        await Grain(http, grains, name).DeleteAsync(EntityTags.Only(http));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task GetCacheAsync(HttpContext http, string name, IGrainFactory grains)
    {
        CacheView cache = await Grain(http, grains, name).GetCacheAsync();
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => CacheJson.Write(json, name, cache));
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task PurgeCacheAsync(HttpContext http, string name, IGrainFactory grains)
    {
        int deleted = await Grain(http, grains, name).PurgeCacheAsync();
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("deleted", deleted);
            json.WriteEndObject();
        });
    }

    internal static ITaskGrain Grain(HttpContext http, IGrainFactory grains, string name) =>
        EntityName.IsName(name) ? grains.GetGrain<ITaskGrain>($"{http.Tenant()}/{name}") : throw Unknown(name);

    internal static ProblemException Unknown(string name) => new(Problem.NotFound($"There is no task '{name}'."));
}
