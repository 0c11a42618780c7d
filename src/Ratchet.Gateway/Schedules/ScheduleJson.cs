using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Schedules;

/// <summary>Schedules as JSON. What was sent comes back under the same names; what the server adds is under <c>status</c>.</summary>
public static class ScheduleJson
{
    public static IReadOnlyList<string> Members { get; } =
    [
        "id", "cron", "timeZone", "every", "at", "startAt", "endAt", "overlap", "misfire", "catchUp", "misfireThreshold", "jitter", "enabled", "job", "status",
    ];

    /// <param name="whole">With the job's input.</param>
    public static void Write(Utf8JsonWriter json, ScheduleView schedule, bool whole)
    {
        ScheduleDefinition definition = schedule.Definition;
        json.WriteStartObject();
        json.WriteString("id", definition.Id);
        WriteTiming(json, definition);
        json.WriteString("overlap", definition.Overlap.Name());
        json.WriteString("misfire", definition.Misfire.Name());
        if (definition.Misfire == MisfirePolicy.CatchUp) json.WriteNumber("catchUp", definition.CatchUp);
        json.WriteString("misfireThreshold", Durations.Format(definition.MisfireThreshold));
        json.WriteString("jitter", Durations.Format(definition.Jitter));
        json.WriteBoolean("enabled", definition.Enabled);
        WriteJob(json, definition.Job, whole);
        json.WriteStartObject("status");
        Instant(json, "nextInstant", schedule.NextInstant);
        Instant(json, "lastInstant", schedule.LastInstant);
        json.WriteString("createdAt", schedule.CreatedAt);
        json.WriteString("updatedAt", schedule.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FireView fire)
    {
        json.WriteStartObject();
        json.WriteString("instant", fire.Instant);
        json.WriteString("kind", fire.Kind.Name());
        json.WriteString("state", fire.State.Name());
        if (fire.Reason is not null) json.WriteString("reason", fire.Reason);
        // Before it is submitted, the id is only set aside.
        if (fire is { Job: { } job, State: FireState.Submitted }) json.WriteString("job", job.ToString());
        json.WriteString("runAt", fire.RunAt);
        json.WriteString("decidedAt", fire.DecidedAt);
        if (fire.Backfill is { } backfill) json.WriteString("backfill", backfill);
        if (fire.TriggerKey is not null) json.WriteString("idempotencyKey", fire.TriggerKey);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, BackfillView backfill)
    {
        json.WriteStartObject();
        json.WriteString("id", backfill.Id);
        json.WriteString("from", backfill.Request.From);
        json.WriteString("to", backfill.Request.To);
        json.WriteNumber("perMinute", backfill.Request.PerMinute);
        json.WriteString("state", backfill.State.Name());
        json.WriteNumber("total", backfill.Total);
        json.WriteNumber("handled", backfill.Handled);
        json.WriteNumber("submitted", backfill.Submitted);
        json.WriteString("createdAt", backfill.CreatedAt);
        json.WriteString("updatedAt", backfill.UpdatedAt);
        json.WriteEndObject();
    }

    private static void WriteTiming(Utf8JsonWriter json, ScheduleDefinition definition)
    {
        if (definition.Cron is not null)
        {
            json.WriteString("cron", definition.Cron);
            json.WriteString("timeZone", definition.TimeZone);
        }

        if (definition.Every is { } every) json.WriteString("every", Durations.Format(every));
        Instant(json, "at", definition.At);
        Instant(json, "startAt", definition.StartAt);
        Instant(json, "endAt", definition.EndAt);
    }

    private static void WriteJob(Utf8JsonWriter json, Submission job, bool whole)
    {
        json.WriteStartObject("job");
        SubmissionJson.WriteFields(json, job);
        if (whole)
        {
            json.WritePropertyName("input");
            // Checked when it came in.
            json.WriteRawValue(job.Input, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } value) json.WriteString(name, value);
    }
}
