using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.Problems;
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
        routes.MapPost("/api/v1/jobs", SubmitAsync);
        routes.MapPost("/api/v1/tasks/{name}/execute", ExecuteAsync);
        routes.MapGet("/api/v1/jobs", ListAsync);
        routes.MapGet("/api/v1/jobs/{id}", GetAsync);
    }

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
            job = await JobWaiting.WaitAsync(grains, http.Tenant(), job, told: !result.Existing, patience, time, lifetime.ApplicationStopping, http.RequestAborted);
            http.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)patience.TotalSeconds}");
        }

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
