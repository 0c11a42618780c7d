using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/jobs/{id}/...: what can be done with one job, and what is known of it.</summary>
public static class JobControlEndpoints
{
    private const int BodyBytes = 4 << 10;

    public static void MapJobControls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/jobs/{id}/cancel", CancelAsync).Describe("cancelJob", "Cancel a job in any state", op => op
            .Path("id", Schema.Uuid())
            .Takes(JobSchemas.Cancel, """{"reason":"wrong customer"}""", optional: true)
            .Answer(200, "What it did.", JobSchemas.Cancelled)
            .Problem(409, "illegal-transition", "The job's state does not allow it; state is that state."));
        routes.MapPost("/api/v1/jobs/{id}/retry", RetryAsync).Describe("retryJob", "Run a job again, or now", op => op
            .Says("One that did not complete goes back to its queue with all its attempts, one that waits for its backoff or run-at goes now.")
            .Path("id", Schema.Uuid())
            .IdempotencyKey("A retry is done once, however often it is sent.")
            .TakesNothing()
            .Answer(200, "The job.", JobSchemas.Job, JobSchemas.Example)
            .Problem(409, "illegal-transition", "The job's state does not allow it; state is that state.")
            .Problem(409, "unique-conflict", "Another job holds the unique key.")
            .Problem(409, "task-gone", "Its task, or its version, was deleted."));
        routes.MapPost("/api/v1/jobs/{id}/priority", PriorityAsync).Describe("setJobPriority", "Change a waiting job's priority", op => op
            .Path("id", Schema.Uuid())
            .Takes(JobSchemas.Priority, """{"priority":"URGENT"}""")
            .Answer(200, "The job.", JobSchemas.Job, JobSchemas.Example)
            .Problem(409, "illegal-transition", "The job's state does not allow it; state is that state."));
        routes.MapDelete("/api/v1/jobs/{id}", DeleteAsync).Describe("deleteJob", "Delete a job that is at an end", op => op
            .Path("id", Schema.Uuid())
            .Answer(204, "It is gone, with its attempts and its history.")
            .Problem(409, "illegal-transition", "The job's state does not allow it; state is that state."));
        routes.MapGet("/api/v1/jobs/{id}/why", WhyAsync).Describe("explainJob", "Why a job does not run", op => op
            .Path("id", Schema.Uuid())
            .Answer(200, "The cause.", JobSchemas.Explanation));
        routes.MapGet("/api/v1/jobs/{id}/events", EventsAsync).Describe("listJobEvents", "A job's history, oldest first", op => op
            .Path("id", Schema.Uuid())
            .AnswerList("Its events.", JobSchemas.Event));
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
