using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
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
        routes.MapGet("/api/v1/tasks", ListAsync);
        routes.MapGet("/api/v1/tasks/{name}", AnswerAsync);
        routes.MapDelete("/api/v1/tasks/{name}", DeleteAsync);
        routes.MapPost("/api/v1/tasks/{name}/enable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, true, grains));
        routes.MapPost("/api/v1/tasks/{name}/disable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, false, grains));
        foreach ((string verb, WorkMode mode) in WorkModePaths.All)
            routes.MapPost($"/api/v1/tasks/{{name}}/{verb}", (HttpContext http, string name, IGrainFactory grains) => SetModeAsync(http, name, mode, grains));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<TaskField> request = Reader.Read(http.Request.Query);
        IReadOnlyList<TaskView> tasks = await grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(http.Tenant(), http.RequestAborted);
        await ListResponse.WriteAsync(http, TaskList.Schema, request, TaskList.Schema.Page(tasks, request.Query), TaskJson.WriteSummary);
    }

    private static async Task AnswerAsync(HttpContext http, string name, IGrainFactory grains)
    {
        TaskView task = await Grain(http, grains, name).GetAsync() ?? throw Unknown(name);
        EntityTags.Write(http, TagOf(task)!);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => TaskJson.WriteWhole(json, task));
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task SetModeAsync(HttpContext http, string name, WorkMode mode, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await RequireAsync(http, name, grains);
        await Grain(http, grains, name).SetModeAsync(mode);
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task EnableAsync(HttpContext http, string name, bool enabled, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await RequireAsync(http, name, grains);
        await Grain(http, grains, name).EnableAsync(enabled);
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="TaskInUseException">Something needs it.</exception>
    private static async Task DeleteAsync(HttpContext http, string name, IGrainFactory grains)
    {
        await RequireAsync(http, name, grains);
        await Grain(http, grains, name).DeleteAsync();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task RequireAsync(HttpContext http, string name, IGrainFactory grains)
    {
        if (EntityTags.IsAsked(http)) EntityTags.Require(http, TagOf(await Grain(http, grains, name).GetAsync()));
    }

    /// <summary>Of what somebody has set or loaded: the state of its circuit breaker changes by itself.</summary>
    private static string? TagOf(TaskView? task) => task is null ? null : EntityTags.Of([task.Current.Digest, task.Enabled ? "enabled" : "disabled", task.Gate.Mode.Name(), .. task.Versions]);

    private static ITaskGrain Grain(HttpContext http, IGrainFactory grains, string name) =>
        EntityName.IsName(name) ? grains.GetGrain<ITaskGrain>($"{http.Tenant()}/{name}") : throw Unknown(name);

    private static ProblemException Unknown(string name) => new(Problem.NotFound($"There is no task '{name}'."));
}
