using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Schedules;

/// <summary>One schedule for people.</summary>
internal static class ScheduleDetails
{
    private static readonly string[] Plain = ["overlap", "misfire", "catchUp"];
    private static readonly string[] Job = ["task", "version", "queue", "priority", "maxAttempts", "expiresIn", "timeout", "fairnessKey", "concurrencyKey", "concurrencyLimit", "input"];
    private static readonly string[] Times = ["nextInstant", "lastInstant", "createdAt", "updatedAt"];

    public static void Write(JsonElement schedule)
    {
        List<KeyValuePair<string, string>> fields = [KeyValuePair.Create("id", schedule.Shown("id")), KeyValuePair.Create("when", When(schedule)), KeyValuePair.Create("enabled", schedule.Shown("enabled"))];
        fields.Add(KeyValuePair.Create("startAt", schedule.ShownTime("startAt")));
        fields.Add(KeyValuePair.Create("endAt", schedule.ShownTime("endAt")));
        fields.AddRange(Plain.Select(key => KeyValuePair.Create(key, schedule.Shown(key))));
        fields.Add(KeyValuePair.Create("misfireThreshold", schedule.Shown("misfireThreshold")));
        if (schedule.Shown("jitter") is not ("" or "0s")) fields.Add(KeyValuePair.Create("jitter", schedule.Shown("jitter")));
        if (schedule.Field("job") is { } job) fields.AddRange(Job.Select(key => KeyValuePair.Create(key, job.Shown(key))));
        if (schedule.Field("status") is { } status) fields.AddRange(Times.Select(key => KeyValuePair.Create(key, status.ShownTime(key))));
        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));
    }

    /// <summary><c>30 2 * * * Europe/Berlin</c>, <c>every 5m</c>, <c>at 2026-11-23 15:17:06.000Z</c>.</summary>
    public static string When(JsonElement schedule)
    {
        if (schedule.Field("cron") is not null) return $"{schedule.Shown("cron")} {schedule.Shown("timeZone")}";
        return schedule.Field("every") is not null ? $"every {schedule.Shown("every")}" : $"at {schedule.ShownTime("at")}";
    }
}
