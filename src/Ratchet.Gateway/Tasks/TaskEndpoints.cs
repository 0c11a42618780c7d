using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Caching;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>/api/v1/tasks.</summary>
public static class TaskEndpoints
{
    private const int BodyBytes = 4 << 10;

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", ListAsync);
        routes.MapGet("/api/v1/tasks/{name}", AnswerAsync);
        routes.MapDelete("/api/v1/tasks/{name}", DeleteAsync);
        routes.MapGet("/api/v1/tasks/{name}/cache", GetCacheAsync);
        routes.MapDelete("/api/v1/tasks/{name}/cache", PurgeCacheAsync);
        routes.MapPost("/api/v1/tasks/{name}/enable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, true, grains));
        routes.MapPost("/api/v1/tasks/{name}/disable", (HttpContext http, string name, IGrainFactory grains) => EnableAsync(http, name, false, grains));
        foreach ((string verb, WorkMode mode) in WorkModePaths.All)
            routes.MapPost($"/api/v1/tasks/{{name}}/{verb}", (HttpContext http, string name, IGrainFactory grains) => SetModeAsync(http, name, mode, grains));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains) =>
        await JsonResponse.WriteListAsync(http, await grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(http.Tenant(), http.RequestAborted), TaskJson.WriteSummary);

    private static async Task AnswerAsync(HttpContext http, string name, IGrainFactory grains)
    {
        TaskView task = await Grain(http, grains, name).GetAsync() ?? throw Unknown(name);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => TaskJson.WriteWhole(json, task));
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task SetModeAsync(HttpContext http, string name, WorkMode mode, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await Grain(http, grains, name).SetModeAsync(mode);
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    private static async Task EnableAsync(HttpContext http, string name, bool enabled, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await Grain(http, grains, name).EnableAsync(enabled);
        await AnswerAsync(http, name, grains);
    }

    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="TaskInUseException">Something needs it.</exception>
    private static async Task DeleteAsync(HttpContext http, string name, IGrainFactory grains)
    {
        await Grain(http, grains, name).DeleteAsync();
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
