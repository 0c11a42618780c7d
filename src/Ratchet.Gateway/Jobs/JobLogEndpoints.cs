using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/jobs/{id}/logs: what a job's executions have said, and say.</summary>
public static class JobLogEndpoints
{
    public static void MapJobLogs(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/jobs/{id}/logs", GetAsync).Describe("getJobLogs", "What a job logged, or logs", op => op
        .Says("As a list the lines of executions that have ended. As server-sent events (`follow=true`, or `Accept: text/event-stream`) what they log, until the job's end: events `line`, `restart`, `state`, `end`.")
        .Path("id", Schema.Uuid())
        .Query("follow", Schema.Flag("Whether the answer is a stream of events."))
        .Header("Last-Event-ID", Schema.Text("The id of the last event that was had: the stream goes on behind it."))
        .Problem(400, "malformed", "Last-Event-ID is not the id of an event of a log.")
        .AnswerList("The lines.", JobSchemas.LogLine)
        .Answer(200, "", Schema.Text("Server-sent events."), null, LogRequest.EventStream));

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains, IHostApplicationLifetime lifetime)
    {
        JobId job = JobPath.Id(id);
        LogRequest request = LogRequest.Of(http.Request);
        JobView view = await grains.GetGrain<IJobDirectoryGrain>(0).GetAsync(http.Tenant(), job, http.RequestAborted) ?? throw JobPath.Unknown(id);
        if (request.Follow)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, http.RequestAborted);
            await new LogStream(http, grains.GetGrain<IJobGrain>(job.Value)).WriteAsync(request.After, either.Token);
            return;
        }

        await JsonResponse.WriteListAsync(http, [.. view.Executions.SelectMany(LogLineJson.Of)], static (json, line) => line.Write(json));
    }
}
