using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Lists;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>/api/v1/schedules.</summary>
public static class ScheduleEndpoints
{
    /// <summary>Room for a schedule's fields beside its job's input.</summary>
    private const int EnvelopeBytes = 64 << 10;

    /// <summary>Of a change, when others change the schedule too.</summary>
    private const int MostTries = 10;

    private static readonly ListReader<ScheduleField, ScheduleView> Reader = new(ScheduleList.Schema, ScheduleJson.Members);

    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder schedules = routes.MapGroup("/api/v1/schedules");
        schedules.MapGet("", ListAsync).Describe("listSchedules", "List schedules", op => Reader.Describe(op, "Schedules without their job's input.", ScheduleSchemas.Schedule, ScheduleSchemas.Example));
        schedules.MapPost("", CreateAsync).Describe("createSchedule", "Create a schedule", op => Refused(op)
            .Takes(ScheduleSchemas.Body, ScheduleSchemas.BodyExample)
            .Answer(201, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["Location", "ETag"])
            .Answer(200, "The very same schedule was there already.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["Location", "ETag"]));
        schedules.MapPost("preview", PreviewUnsavedAsync).Describe("previewTiming", "When a schedule would fire that is not there yet", op => op
            .Query("count", Schema.Integer("How many instants.", 1, Limits.PreviewInstants))
            .Takes(ScheduleSchemas.Body, """{"cron":"30 2 * * *","timeZone":"Europe/Berlin"}""")
            .Answer(200, "The next instants, in the schedule's zone.", Schema.List(Schema.Instant())));
        schedules.MapGet("{id}", GetAsync).Describe("getSchedule", "Get a schedule", op => op.Answer(200, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["ETag"]));
        schedules.MapPut("{id}", ReplaceAsync).Describe("replaceSchedule", "Replace a schedule as a whole", op => Refused(op)
            .IfMatch()
            .Takes(ScheduleSchemas.Body, ScheduleSchemas.BodyExample)
            .Answer(200, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["ETag"]));
        schedules.MapPatch("{id}", PatchAsync).Describe("patchSchedule", "Change parts of a schedule", op => Refused(op)
            .IfMatch()
            .Takes(ScheduleSchemas.Patch.Reference(), """{"cron":"0 3 * * *"}""", "application/merge-patch+json")
            .Takes(ScheduleSchemas.Patch.Reference(), """{"cron":"0 3 * * *"}""", "application/json")
            .Answer(200, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["ETag"]));
        schedules.MapDelete("{id}", DeleteAsync).Describe("deleteSchedule", "Delete a schedule", op => op.IfMatch().Answer(204, "It is gone; its jobs stay."));
        schedules.MapPost("{id}/trigger", TriggerAsync).Describe("triggerSchedule", "Fire a schedule now", op => Refused(op)
            .IdempotencyKey("It is fired once, however often it is sent.")
            .Answer(201, "What came of it.", ScheduleSchemas.Fire, headers: ["Location"]));
        schedules.MapPost("{id}/enable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: true))
            .Describe("enableSchedule", "Let a schedule fire again", op => Refused(op).IfMatch().Answer(200, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["ETag"]));
        schedules.MapPost("{id}/disable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: false))
            .Describe("disableSchedule", "Let a schedule rest", op => Refused(op).IfMatch().Answer(200, "The schedule.", ScheduleSchemas.Schedule, ScheduleSchemas.Example, headers: ["ETag"]));
        schedules.MapGet("{id}/preview", PreviewAsync).Describe("previewSchedule", "When a schedule will fire", op => op
            .Query("count", Schema.Integer("How many instants.", 1, Limits.PreviewInstants))
            .Answer(200, "The next instants, in the schedule's zone.", Schema.List(Schema.Instant())));
        schedules.MapGet("{id}/fires", FiresAsync).Describe("listFires", "What became of a schedule's instants, newest first", op => op
            .Query("before", Schema.Instant("Instants before this one."))
            .Query("limit", Schema.Integer("How many.", 1, Limits.ListRows))
            .Answer(200, "The instants.", Schema.List(ScheduleSchemas.Fire)));
        schedules.MapBackfills();
    }

    private static Operation Refused(Operation op) => op
        .Problem(404, "unknown-task", "There is no task of that name.")
        .Problem(404, "unknown-version", "The task has no such version.")
        .Problem(404, "not-found", "There is no such schedule.")
        .Problem(409, "schedule-conflict", "The schedule's state does not allow it, or there is another of that id.")
        .Problem(409, "task-disabled", "The task takes no new jobs.")
        .Problem(409, "draining", "The queue or the task takes no more jobs.")
        .Problem(409, "unique-conflict", "Another job holds the unique key.")
        .Problem(413, "too-large", "The body or the input is too large.")
        .Problem(422, "invalid-field", "A field is not valid.")
        .Problem(422, "invalid-input", "The input does not match the task's input schema.");

    /// <exception cref="ProblemException">No schedule can have this id (404).</exception>
    internal static ScheduleKey KeyOf(HttpContext http, string id) =>
        EntityName.IsName(id) ? new ScheduleKey(http.Tenant(), id) : throw new ProblemException(Problem.NotFound($"There is no schedule '{id}'."));

    internal static async Task<ScheduleView> RequireAsync(HttpContext http, string id, IGrainFactory grains) =>
        await grains.GetGrain<IScheduleDirectoryGrain>(0).GetAsync(KeyOf(http, id), http.RequestAborted)
        ?? throw new ProblemException(Problem.NotFound($"There is no schedule '{id}'."));

    internal static Task WriteListAsync<T>(HttpContext http, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) => JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
    {
        json.WriteStartArray();
        foreach (T item in items) write(json, item);
        json.WriteEndArray();
    });

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<ScheduleField> request = Reader.Read(http.Request.Query);
        ListPage<ScheduleView> page = await grains.GetGrain<IScheduleDirectoryGrain>(0).ListAsync(http.Tenant(), request.Query, http.RequestAborted);
        await ListResponse.WriteAsync(http, ScheduleList.Schema, request, page, (json, schedule) => ScheduleJson.Write(json, schedule, whole: false));
    }

    private static async Task CreateAsync(HttpContext http, IGrainFactory grains)
    {
        ScheduleDefinition definition = ScheduleRequest.Read(await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes), null);
        ScheduleChange change = await grains.GetGrain<IScheduleGrain>(KeyOf(http, definition.Id).GrainKey).CreateAsync(definition);
        http.Response.Headers.Location = $"/api/v1/schedules/{Uri.EscapeDataString(definition.Id)}";
        await WriteAsync(http, change.Schedule, change.Made ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains) => await WriteAsync(http, await RequireAsync(http, id, grains));

    private static async Task ReplaceAsync(HttpContext http, string id, IGrainFactory grains)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes);
        await ChangeAsync(http, id, grains, schedule => ScheduleRequest.Read(body, id, schedule.Definition.Enabled));
    }

    private static async Task PatchAsync(HttpContext http, string id, IGrainFactory grains)
    {
        byte[] body = await RequestBody.ReadMergePatchAsync(http, Limits.InputBytes + EnvelopeBytes);
        await ChangeAsync(http, id, grains, schedule => SchedulePatch.Apply(schedule, body));
    }

    /// <summary>Works the new definition out of the one that is there, and again when somebody else changes it meanwhile.</summary>
    private static async Task ChangeAsync(HttpContext http, string id, IGrainFactory grains, Func<ScheduleView, ScheduleDefinition> change)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            ScheduleView known = await RequireAsync(http, id, grains);
            EntityTags.Require(http, known.Revision);
            if (await grains.GetGrain<IScheduleGrain>(KeyOf(http, id).GrainKey).ReviseAsync(change(known), known.Revision) is not { } changed) continue;
            await WriteAsync(http, changed);
            return;
        }

        throw new ProblemException(Problem.Conflict("schedule-conflict", "It is being changed", $"Schedule '{id}' is changed by others all the time; try again."));
    }

    private static async Task DeleteAsync(HttpContext http, string id, IGrainFactory grains)
    {
        if (!await grains.GetGrain<IScheduleGrain>(KeyOf(http, id).GrainKey).DeleteAsync(EntityTags.Only(http))) throw new ProblemException(Problem.NotFound($"There is no schedule '{id}'."));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task EnableAsync(HttpContext http, string id, IGrainFactory grains, bool enabled)
    {
        if (http.Request.Headers.IfMatch.Count > 0) await ChangeAsync(http, id, grains, schedule => schedule.Definition with { Enabled = enabled });
        else await WriteAsync(http, await grains.GetGrain<IScheduleGrain>(KeyOf(http, id).GrainKey).EnableAsync(enabled));
    }

    private static async Task TriggerAsync(HttpContext http, string id, IGrainFactory grains)
    {
        FireView fire = await grains.GetGrain<IScheduleGrain>(KeyOf(http, id).GrainKey).TriggerAsync(IdempotencyKey.Of(http));
        http.Response.Headers.Location = $"/api/v1/jobs/{fire.Job}";
        await JsonResponse.WriteAsync(http, StatusCodes.Status201Created, json => ScheduleJson.Write(json, fire));
    }

    private static async Task PreviewAsync(HttpContext http, string id, IGrainFactory grains)
    {
        int count = ScheduleQuery.Preview(http.Request.Query);
        await WritePreviewAsync(http, (await RequireAsync(http, id, grains)).Definition, count, grains);
    }

    private static async Task PreviewUnsavedAsync(HttpContext http, IGrainFactory grains)
    {
        int count = ScheduleQuery.Preview(http.Request.Query);
        await WritePreviewAsync(http, ScheduleRequest.ReadTiming(await RequestBody.ReadJsonAsync(http, Limits.InputBytes + EnvelopeBytes)), count, grains);
    }

    private static async Task WritePreviewAsync(HttpContext http, ScheduleDefinition definition, int count, IGrainFactory grains)
    {
        IReadOnlyList<DateTimeOffset> instants = await grains.GetGrain<IScheduleDirectoryGrain>(0).PreviewAsync(definition, count, http.RequestAborted);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(definition.TimeZone);
        await WriteListAsync(http, instants, (json, instant) => json.WriteStringValue(TimeZoneInfo.ConvertTime(instant, zone)));
    }

    private static async Task FiresAsync(HttpContext http, string id, IGrainFactory grains)
    {
        (DateTimeOffset? before, int limit) = ScheduleQuery.Fires(http.Request.Query);
        await RequireAsync(http, id, grains);
        IReadOnlyList<FireView> fires = await grains.GetGrain<IScheduleDirectoryGrain>(0).ListFiresAsync(KeyOf(http, id), before, limit, http.RequestAborted);
        await WriteListAsync(http, fires, ScheduleJson.Write);
    }

    private static Task WriteAsync(HttpContext http, ScheduleView schedule, int status = StatusCodes.Status200OK)
    {
        EntityTags.Write(http, schedule.Revision);
        return JsonResponse.WriteAsync(http, status, json => ScheduleJson.Write(json, schedule, whole: true));
    }
}
