using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/jobs.</summary>
public static class JobEndpoints
{
    /// <summary>Room for a submission's fields beside its input.</summary>
    private const int EnvelopeBytes = 64 << 10;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/jobs", SubmitAsync).Describe("submitJob", "Submit a job", op => op
            .Says("Once it is answered the job is stored, and will be run. With `Prefer: wait=10` the answer comes when the job has ended, or after 10 seconds as it stands then.")
            .IdempotencyKey("The same key gives back the same job.")
            .Header("Prefer", Schema.Text($"wait=SECONDS (RFC 7240), at most {Limits.WaitSeconds}: wait for the job's end."))
            .Header("traceparent", Schema.Text("W3C Trace Context; it is kept with the job, and its attempts link to it."))
            .Takes(SubmissionSchemas.Job, SubmissionSchemas.Example)
            .Answer(201, "The job.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"])
            .Answer(200, "The job that is there already for the key.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"])
            .Problem(404, "unknown-task", "There is no task of that name.")
            .Problem(404, "unknown-version", "The task has no such version.")
            .Problem(409, "task-disabled", "The task takes no new jobs.")
            .Problem(409, "draining", "The queue or the task takes no more jobs.")
            .Problem(409, "unique-conflict", "Another job holds the unique key; job is its id.")
            .Problem(422, "invalid-input", "The input does not match the task's input schema."));
        routes.MapGet("/api/v1/jobs", ListAsync).Describe("listJobs", "List jobs, newest first", op => op
            .Query("state", Schema.List(Schema.Word(JobSchemas.States), null, "States, repeated or with commas."))
            .Query("task", Schema.Text("Name of a task."))
            .Query("queue", Schema.Text("Name of a queue."))
            .Query("before", Schema.Uuid("Jobs that are older than this one."))
            .Query("_start", Schema.Integer("Rows to pass over.", 0, 100_000))
            .Query("_end", Schema.Integer("The row before which the list ends.", 1, 100_000))
            .AnswerList("Jobs without payloads.", JobSchemas.Job, JobSchemas.Example));
        routes.MapGet("/api/v1/jobs/{id}", GetAsync).Describe("getJob", "Get a job with its executions", op => op
            .Path("id", Schema.Uuid())
            .Answer(200, "The job.", JobSchemas.Job, JobSchemas.Example));
    }

    private static async Task SubmitAsync(HttpContext http, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes);
        TimeSpan? wait = Preferences.Wait(http.Request.Headers);
        Submission submission = SubmitRequest.Read(body, IdempotencyKey.Of(http)) with
        {
            TraceParent = TraceContext.Of(http.Request.Headers),
            Watched = wait is not null,
        };
        SubmitReply reply = await grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(http.Tenant(), [submission], http.RequestAborted);
        SubmitResult result = reply.Results[0];
        if (result.Rejection is not null) throw new ProblemException(Rejections.ProblemOf(result));

        // A job that was there already, such as the holder of a unique key, may have another input than this submission.
        JobView job = result.Job! with { Input = result.Job.Input ?? submission.Input };
        if (wait is { } patience)
        {
            job = await JobWaiting.WaitAsync(grains, http.Tenant(), job, told: !result.Existing, patience, time, lifetime.ApplicationStopping, http.RequestAborted);
            http.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)patience.TotalSeconds}");
        }

        http.Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        int status = result.Existing ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        await JsonResponse.WriteAsync(http, status, json => JobJson.Write(json, job));
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains)
    {
        JobView job = await grains.GetGrain<IJobDirectoryGrain>(0).GetAsync(http.Tenant(), JobPath.Id(id), http.RequestAborted) ?? throw JobPath.Unknown(id);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => JobJson.Write(json, job));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        JobFilter filter = JobListRequest.Read(http.Request.Query);
        JobPage page = await grains.GetGrain<IJobDirectoryGrain>(0).ListAsync(http.Tenant(), filter, http.RequestAborted);
        http.Response.Headers["x-total-count"] = page.Total.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.AccessControlExposeHeaders = "x-total-count";
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (JobView job in page.Jobs) JobJson.Write(json, job);
            json.WriteEndArray();
        });
    }
}
