using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>/api/v1/schedules/{id}/backfills.</summary>
internal static class BackfillEndpoints
{
    private const int BodyBytes = 4 << 10;

    public static void MapBackfills(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("{id}/backfills", StartAsync).Describe("startBackfill", "Fire the instants of a range that is over", op => op
            .Takes(ScheduleSchemas.BackfillBody, """{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","perMinute":60}""")
            .Answer(201, "The backfill, which has begun.", ScheduleSchemas.Backfill)
            .Problem(409, "schedule-conflict", "The schedule's state does not allow it."));
        routes.MapGet("{id}/backfills", ListAsync).Describe("listBackfills", "List a schedule's backfills", op => op.Answer(200, "The backfills.", Schema.List(ScheduleSchemas.Backfill)));
        foreach ((string path, BackfillVerb verb) in new[] { ("pause", BackfillVerb.Pause), ("resume", BackfillVerb.Resume), ("cancel", BackfillVerb.Cancel) })
            routes.MapPost($"{{id}}/backfills/{{backfill}}/{path}", (HttpContext http, string id, string backfill, IGrainFactory grains) => MoveAsync(http, id, backfill, grains, verb))
                .Describe($"{path}Backfill", $"{char.ToUpperInvariant(path[0])}{path[1..]} a backfill", op => op
                    .Path("backfill", Schema.Uuid())
                    .Answer(200, "The backfill.", ScheduleSchemas.Backfill)
                    .Problem(409, "schedule-conflict", "The backfill's state does not allow it."));
    }

    private static async Task StartAsync(HttpContext http, string id, IGrainFactory grains, TimeProvider time)
    {
        BackfillRequest request = BackfillBody.Read(await RequestBody.ReadJsonAsync(http, BodyBytes));
        Guid backfill = Guid.CreateVersion7(time.GetUtcNow());
        BackfillView view = await grains.GetGrain<IScheduleGrain>(ScheduleEndpoints.KeyOf(http, id).GrainKey).StartBackfillAsync(backfill, request);
        await WriteAsync(http, view, StatusCodes.Status201Created);
    }

    private static async Task ListAsync(HttpContext http, string id, IGrainFactory grains)
    {
        await ScheduleEndpoints.RequireAsync(http, id, grains);
        IReadOnlyList<BackfillView> backfills = await grains.GetGrain<IScheduleDirectoryGrain>(0).ListBackfillsAsync(ScheduleEndpoints.KeyOf(http, id), http.RequestAborted);
        await ScheduleEndpoints.WriteListAsync(http, backfills, ScheduleJson.Write);
    }

    private static async Task MoveAsync(HttpContext http, string id, string backfill, IGrainFactory grains, BackfillVerb verb)
    {
        if (!Guid.TryParse(backfill, out Guid backfillId)) throw new ProblemException(Problem.NotFound($"Schedule '{id}' has no backfill '{backfill}'."));
        await WriteAsync(http, await grains.GetGrain<IScheduleGrain>(ScheduleEndpoints.KeyOf(http, id).GrainKey).MoveBackfillAsync(backfillId, verb), StatusCodes.Status200OK);
    }

    private static Task WriteAsync(HttpContext http, BackfillView view, int status) => JsonResponse.WriteAsync(http, status, json => ScheduleJson.Write(json, view));
}
