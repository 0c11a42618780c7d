using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Protection;
using Ratchet.Gateway.Submissions;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Jobs;

/// <summary>/api/v1/jobs.</summary>
public static class JobEndpoints
{
    /// <summary>Room for a submission's fields beside its input.</summary>
    private const int EnvelopeBytes = 64 << 10;

    /// <summary>How long an execute waits unless it says otherwise by Prefer.</summary>
    private static readonly TimeSpan ExecutePatience = TimeSpan.FromSeconds(60);

    private static readonly ListReader<JobField, JobView> Reader = new(JobList.Schema, JobJson.ListMembers);

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/jobs", SubmitAsync).Describe("submitJob", "Submit a job", op => Submits(op)
            .Says("Once it is answered the job is stored, and will be run. With `Prefer: wait=10` the answer comes when the job has ended, or after 10 seconds as it stands then.")
            .Header("Prefer", Schema.Text($"wait=SECONDS (RFC 7240), at most {Limits.WaitSeconds}: wait for the job's end."))
            .Takes(SubmissionSchemas.Job, SubmissionSchemas.Example)
            .Answer(201, "The job.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"])
            .Answer(200, "The job that is there already for the key.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"]));
        routes.MapPost("/api/v1/tasks/{name}/execute", ExecuteAsync).Describe("executeTask", "Run a task and wait for its result", op => Submits(op)
            .Header("Prefer", Schema.Text($"wait=SECONDS (RFC 7240), at most {Limits.WaitSeconds}: how long to wait for the job's end; {(int)ExecutePatience.TotalSeconds} when absent."))
            .Takes(SubmissionSchemas.TaskJob, """{"input":{"num1":5,"num2":10}}""")
            .Answer(200, "The job at its end, whichever that is.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"])
            .Answer(202, "The job as it stands when the wait is over; it goes on.", JobSchemas.Job, JobSchemas.Example, headers: ["Location", "Preference-Applied"]));
        routes.MapGet("/api/v1/jobs", ListAsync).Describe("listJobs", "List jobs, newest first", op => Reader.Describe(op, "Jobs without payloads.", JobSchemas.Job, JobSchemas.Example));
        routes.MapGet("/api/v1/jobs/{id}", GetAsync).Describe("getJob", "Get a job with its executions", op => op
            .Path("id", Schema.Uuid())
            .Answer(200, "The job.", JobSchemas.Job, JobSchemas.Example));
    }

    private static Operation Submits(Operation op) => op
        .IdempotencyKey("The same key gives back the same job.")
        .Header("traceparent", Schema.Text("W3C Trace Context; it is kept with the job, and its attempts link to it."))
        .Problem(404, "unknown-task", "There is no task of that name.")
        .Problem(404, "unknown-version", "The task has no such version.")
        .Problem(409, "task-disabled", "The task takes no new jobs.")
        .Problem(409, "draining", "The queue or the task takes no more jobs.")
        .Problem(409, "unique-conflict", "Another job holds the unique key; job is its id.")
        .Problem(422, "invalid-input", "The input does not match the task's input schema.");

    private static async Task SubmitAsync(HttpContext http, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes);
        TimeSpan? wait = Preferences.Wait(http.Request.Headers);
        (JobView job, bool existing) = await AcceptAsync(http, SubmitRequest.Read(body, IdempotencyKey.Of(http)), wait, grains, lifetime, time);
        await JsonResponse.WriteAsync(http, existing ? StatusCodes.Status200OK : StatusCodes.Status201Created, json => JobJson.Write(json, job));
    }

    /// <summary>Submits a job of the task and waits for its end: 200 with the job at its end, whichever; 202 with the job as it stands when patience is over.</summary>
    private static async Task ExecuteAsync(HttpContext http, string name, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes);
        TimeSpan wait = Preferences.Wait(http.Request.Headers) ?? ExecutePatience;
        (JobView job, _) = await AcceptAsync(http, SubmitRequest.ReadOf(name, body, IdempotencyKey.Of(http)), wait, grains, lifetime, time);
        await JsonResponse.WriteAsync(http, job.State.IsTerminal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, json => JobJson.Write(json, job));
    }

    private static async Task<(JobView Job, bool Existing)> AcceptAsync(
        HttpContext http, Submission submission, TimeSpan? wait, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        submission = submission with { TraceParent = TraceContext.Of(http.Request.Headers), Watched = wait is not null };
        SubmitReply reply = await grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(http.Tenant(), [submission], http.RequestAborted);
        SubmitResult result = reply.Results[0];
        if (result.Rejection is not null) throw new ProblemException(Rejections.ProblemOf(result));

        // A job that was there already, such as the holder of a unique key, may have another input than this submission.
        JobView job = result.Job! with { Input = result.Job.Input ?? submission.Input };
        if (wait is { } patience)
        {
            http.Features.Get<RequestTimer>()?.WaitFor(patience);
            job = await JobWaiting.WaitAsync(grains, http.Tenant(), job, told: !result.Existing, patience, time, lifetime.ApplicationStopping, http.RequestAborted);
            http.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)patience.TotalSeconds}");
        }

        // It ended with the result of an equal job as it was accepted: what came with the answer has no payloads.
        if (job is { CachedFrom: not null, Output: null }) job = await grains.GetGrain<IJobDirectoryGrain>(0).GetAsync(http.Tenant(), job.Id, http.RequestAborted) ?? job;
        http.Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        return (job, result.Existing);
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains)
    {
        JobView job = await grains.GetGrain<IJobDirectoryGrain>(0).GetAsync(http.Tenant(), JobPath.Id(id), http.RequestAborted) ?? throw JobPath.Unknown(id);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => JobJson.Write(json, job));
    }

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<JobField> request = Reader.Read(http.Request.Query);
        ListPage<JobView> page = await grains.GetGrain<IJobDirectoryGrain>(0).ListAsync(http.Tenant(), request.Query, http.RequestAborted);
        await ListResponse.WriteAsync(http, JobList.Schema, request, page, JobJson.Write);
    }
}
