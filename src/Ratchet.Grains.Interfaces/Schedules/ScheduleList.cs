using Ratchet.Lists;

namespace Ratchet.Schedules;

/// <summary>What lists of schedules can be filtered and sorted by.</summary>
public enum ScheduleField
{
    Id,
    Task,
    Queue,
    Enabled,
    Cron,
    TimeZone,
    Overlap,
    Misfire,
    NextInstant,
    LastInstant,
    CreatedAt,
    UpdatedAt,
}

public static class ScheduleList
{
    /// <summary>By id, unless asked otherwise.</summary>
    public static ListSchema<ScheduleField, ScheduleView> Schema { get; } = new("schedules", ScheduleField.Id, new ListSort<ScheduleField>(ScheduleField.Id, Descending: false),
    [
        new(ScheduleField.Id, "id", FieldKind.Text, schedule => FieldValue.Of(schedule.Definition.Id)),
        new(ScheduleField.Task, "task", FieldKind.Text, schedule => FieldValue.Of(schedule.Definition.Job.Task)) { Path = "job.task" },
        new(ScheduleField.Queue, "queue", FieldKind.Text, schedule => FieldValue.Of(schedule.Definition.Job.Queue)) { Path = "job.queue" },
        new(ScheduleField.Enabled, "enabled", FieldKind.Flag, schedule => FieldValue.Of(schedule.Definition.Enabled)),
        new(ScheduleField.Cron, "cron", FieldKind.Text, schedule => FieldValue.OfOrNull(schedule.Definition.Cron)) { Optional = true },
        new(ScheduleField.TimeZone, "timeZone", FieldKind.Text, schedule => schedule.Definition.Cron is null ? null : FieldValue.Of(schedule.Definition.TimeZone)) { Optional = true },
        new(ScheduleField.Overlap, "overlap", FieldKind.Word, schedule => FieldValue.Of(schedule.Definition.Overlap.Name())) { Words = [.. Enum.GetValues<OverlapPolicy>().Select(p => (p.Name(), FieldValue.Of(p.Name())))] },
        new(ScheduleField.Misfire, "misfire", FieldKind.Word, schedule => FieldValue.Of(schedule.Definition.Misfire.Name())) { Words = [.. Enum.GetValues<MisfirePolicy>().Select(p => (p.Name(), FieldValue.Of(p.Name())))] },
        new(ScheduleField.NextInstant, "nextInstant", FieldKind.Instant, schedule => FieldValue.OfOrNull(schedule.NextInstant)) { Path = "status.nextInstant", Optional = true },
        new(ScheduleField.LastInstant, "lastInstant", FieldKind.Instant, schedule => FieldValue.OfOrNull(schedule.LastInstant)) { Path = "status.lastInstant", Optional = true },
        new(ScheduleField.CreatedAt, "createdAt", FieldKind.Instant, schedule => FieldValue.Of(schedule.CreatedAt)) { Path = "status.createdAt" },
        new(ScheduleField.UpdatedAt, "updatedAt", FieldKind.Instant, schedule => FieldValue.Of(schedule.UpdatedAt)) { Path = "status.updatedAt" },
    ]);
}
