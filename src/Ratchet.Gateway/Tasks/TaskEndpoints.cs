using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>/api/v1/tasks.</summary>
public static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", ListAsync);
        routes.MapGet("/api/v1/tasks/{name}", GetAsync);
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        IReadOnlyList<TaskView> tasks = await grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(QueueKey.DefaultTenant, http.RequestAborted);
        http.Response.Headers["x-total-count"] = tasks.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (TaskView task in tasks) TaskJson.WriteSummary(json, task);
            json.WriteEndArray();
        });
    }

    private static async Task GetAsync(HttpContext http, string name, IGrainFactory grains)
    {
        TaskView? task = await grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{name}").GetAsync();
        if (task is null) throw new ProblemException(Problem.NotFound($"There is no task '{name}'."));
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => TaskJson.WriteWhole(json, task));
    }
}
