using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Schedules;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;

namespace Ratchet.Gateway.GraphQL.Schema.Schedules;

internal static class ScheduleFields
{
    public static readonly ObjectFields<ScheduleView> Schedule = new("Schedule")
    {
        { "id", schedule => NodeId.Of("Schedule", schedule.Definition.Id) },
        { "scheduleId", schedule => schedule.Definition.Id },
        { "cron", schedule => schedule.Definition.Cron },
        { "timeZone", schedule => schedule.Definition.Cron is null ? null : schedule.Definition.TimeZone },
        { "every", schedule => schedule.Definition.Every },
        { "at", schedule => schedule.Definition.At },
        { "startAt", schedule => schedule.Definition.StartAt },
        { "endAt", schedule => schedule.Definition.EndAt },
        { "overlap", schedule => schedule.Definition.Overlap.Name() },
        { "misfire", schedule => schedule.Definition.Misfire.Name() },
        { "catchUp", schedule => schedule.Definition.CatchUp },
        { "misfireThreshold", schedule => schedule.Definition.MisfireThreshold },
        { "jitter", schedule => schedule.Definition.Jitter },
        { "enabled", schedule => schedule.Definition.Enabled },
        { "job", (schedule, call) => JobAsync(schedule, call) },
        { "task", schedule => schedule.Definition.Job.Task },
        { "taskDetails", (schedule, call) => call.Task(schedule.Definition.Job.Task) },
        { "nextInstant", schedule => schedule.NextInstant },
        { "lastInstant", schedule => schedule.LastInstant },
        { "createdAt", schedule => schedule.CreatedAt },
        { "updatedAt", schedule => schedule.UpdatedAt },
        { "revision", schedule => schedule.Revision },
        { "preview", (schedule, call) => Directory(call).PreviewAsync(schedule.Definition, Count(call, "count", Limits.PreviewInstants), call.Cancel) },
        { "fires", (schedule, call) => Directory(call).ListFiresAsync(KeyOf(schedule), call.Arg<DateTimeOffset?>("before"), Count(call, "limit", Limits.ListRows), call.Cancel) },
        { "backfills", (schedule, call) => Directory(call).ListBackfillsAsync(KeyOf(schedule), call.Cancel) },
    };

    public static readonly ObjectFields<FireView> Fire = new("Fire")
    {
        { "instant", fire => fire.Instant },
        { "kind", fire => fire.Kind.Name() },
        { "state", fire => fire.State.Name() },
        { "reason", fire => fire.Reason },
        // Before it is submitted, the id is only set aside.
        { "jobId", fire => fire is { Job: { } job, State: FireState.Submitted } ? job.Value : null },
        { "job", (fire, call) => fire is { Job: { } job, State: FireState.Submitted } ? call.Job(job.Value) : null },
        { "runAt", fire => fire.RunAt },
        { "decidedAt", fire => fire.DecidedAt },
        { "backfillId", fire => fire.Backfill },
        { "idempotencyKey", fire => fire.TriggerKey },
    };

    public static readonly ObjectFields<BackfillView> Backfill = new("Backfill")
    {
        { "backfillId", backfill => backfill.Id },
        { "from", backfill => backfill.Request.From },
        { "to", backfill => backfill.Request.To },
        { "perMinute", backfill => backfill.Request.PerMinute },
        { "state", backfill => backfill.State.Name() },
        { "total", backfill => backfill.Total },
        { "handled", backfill => backfill.Handled },
        { "submitted", backfill => backfill.Submitted },
        { "createdAt", backfill => backfill.CreatedAt },
        { "updatedAt", backfill => backfill.UpdatedAt },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "schedule", call => GetAsync(call, NodeId.KeyOf("Schedule", call.Arg<string>("id")!)) },
        { "schedules", call => ListInputs.PageAsync(call, ScheduleList.Schema, null, query => Directory(call).ListAsync(call.Tenant, query, call.Cancel)) },
        { "previewTiming", call => Directory(call).PreviewAsync(ScheduleRequest.ReadTiming(InputJson.Of(call.Object("input")!)), Count(call, "count", Limits.PreviewInstants), call.Cancel) },
    };

    public static async Task<ScheduleView?> GetAsync(FieldCall call, string id) =>
        EntityName.IsName(id) ? await Directory(call).GetAsync(new ScheduleKey(call.Tenant, id), call.Cancel) : null;

    public static IScheduleDirectoryGrain Directory(FieldCall call) => call.Grains.GetGrain<IScheduleDirectoryGrain>(0);

    private static ScheduleKey KeyOf(ScheduleView schedule) => new(schedule.Tenant, schedule.Definition.Id);

    private static int Count(FieldCall call, string name, int most) =>
        call.Arg<int?>(name) is { } count && count >= 1 && count <= most ? count : throw new ProblemException(Problem.InvalidField($"/{name}", $"{name} must be from 1 to {most}."));

    /// <summary>Lists leave inputs out.</summary>
    private static async Task<RawJson> JobAsync(ScheduleView schedule, FieldCall call)
    {
        ScheduleView whole = schedule.Definition.Job.Input.Length > 0 ? schedule : await GetAsync(call, schedule.Definition.Id) ?? schedule;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            SubmissionJson.WriteFields(json, whole.Definition.Job);
            if (whole.Definition.Job.Input.Length > 0)
            {
                json.WritePropertyName("input");
                // Checked when it came in.
                json.WriteRawValue(whole.Definition.Job.Input, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return new RawJson(bytes.ToArray());
    }
}
