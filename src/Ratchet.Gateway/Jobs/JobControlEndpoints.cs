using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/jobs/{id}/...: what can be done with one job, and what is known of it.</summary>
public static class JobControlEndpoints
{
    private const int BodyBytes = 4 << 10;

    public static void MapJobControls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/jobs/{id}/cancel", CancelAsync);
        routes.MapPost("/api/v1/jobs/{id}/retry", RetryAsync);
        routes.MapPost("/api/v1/jobs/{id}/priority", PriorityAsync);
        routes.MapDelete("/api/v1/jobs/{id}", DeleteAsync);
        routes.MapGet("/api/v1/jobs/{id}/why", WhyAsync);
        routes.MapGet("/api/v1/jobs/{id}/events", EventsAsync);
    }

    private static async Task CancelAsync(HttpContext http, string id, IGrainFactory grains)
    {
        string? reason = CancelRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        JobCancelled done = await grains.GetGrain<IJobGrain>(JobPath.Id(id).Value).CancelAsync(http.Tenant(), http.Caller().Principal, reason) ?? throw JobPath.Unknown(id);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("job");
            JobJson.Write(json, done.Job);
            json.WriteString("was", done.Was.Name());
            if (done.Interrupted is not null) json.WriteString("interrupted", done.Interrupted);
            json.WriteEndObject();
        });
    }

    private static async Task RetryAsync(HttpContext http, string id, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        JobView? job = await grains.GetGrain<IJobGrain>(JobPath.Id(id).Value).RedriveAsync(http.Tenant(), http.Caller().Principal, IdempotencyKey.Of(http));
        await AnswerAsync(http, job ?? throw JobPath.Unknown(id));
    }

    private static async Task PriorityAsync(HttpContext http, string id, IGrainFactory grains)
    {
        JobPriority priority = PriorityRequest.Read(await RequestBody.ReadJsonAsync(http, BodyBytes));
        JobView? job = await grains.GetGrain<IJobGrain>(JobPath.Id(id).Value).ReprioritiseAsync(http.Tenant(), priority, http.Caller().Principal);
        await AnswerAsync(http, job ?? throw JobPath.Unknown(id));
    }

    private static async Task DeleteAsync(HttpContext http, string id, IGrainFactory grains)
    {
        if (!await grains.GetGrain<IJobGrain>(JobPath.Id(id).Value).DeleteAsync(http.Tenant(), http.Caller().Principal)) throw JobPath.Unknown(id);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task WhyAsync(HttpContext http, string id, IGrainFactory grains)
    {
        JobExplanation why = await grains.GetGrain<IJobGrain>(JobPath.Id(id).Value).WhyAsync(http.Tenant()) ?? throw JobPath.Unknown(id);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => ExplanationJson.Write(json, why));
    }

    private static async Task EventsAsync(HttpContext http, string id, IGrainFactory grains)
    {
        IJobDirectoryGrain directory = grains.GetGrain<IJobDirectoryGrain>(0);
        JobId job = JobPath.Id(id);
        IReadOnlyList<JobEvent> events = await directory.EventsAsync(http.Tenant(), job, http.RequestAborted);
        // A job from before events were kept has none, and is there all the same.
        if (events.Count == 0 && await directory.GetAsync(http.Tenant(), job, http.RequestAborted) is null) throw JobPath.Unknown(id);
        await JsonResponse.WriteListAsync(http, events, EventJson.Write);
    }

    private static Task AnswerAsync(HttpContext http, JobView job) => JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => JobJson.Write(json, job));
}
