using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>Schedules as <see cref="ScheduleJson"/> writes them and <see cref="ScheduleRequest"/> reads them.</summary>
internal static class ScheduleSchemas
{
    public const string BodyExample = """{"id":"nightly","cron":"30 2 * * *","timeZone":"Europe/Berlin","job":{"task":"addition","input":{"num1":5,"num2":10}}}""";

    public const string Example = """
        {"id":"nightly","cron":"30 2 * * *","timeZone":"Europe/Berlin","overlap":"SKIP","misfire":"RUN_ONCE","misfireThreshold":"1m","jitter":"0s","enabled":true,
        "job":{"task":"addition","queue":"default","priority":"NORMAL","input":{"num1":5,"num2":10}},
        "status":{"nextInstant":"2026-03-02T01:30:00+00:00","createdAt":"2026-03-01T12:00:00+00:00","updatedAt":"2026-03-01T12:00:00+00:00"}}
        """;

    private static readonly string[] Overlaps = [.. Enum.GetValues<OverlapPolicy>().Select(p => p.Name())];
    private static readonly string[] Misfires = [.. Enum.GetValues<MisfirePolicy>().Select(p => p.Name())];

    public static readonly ApiBody Body = ApiBody.Of("ScheduleDefinition", "When a job is submitted, and which.", ScheduleRequest.Shape, ScheduleRequest.NoJobYet, new Dictionary<string, string>
    {
        ["id"] = "Its name, 1 to 200 characters without /; in a PUT it may be left out.",
        ["job"] = "What is submitted at each instant.",
        ["cron"] = "5 or 6 fields, or @daily and its like; one of cron, every and at.",
        ["timeZone"] = "IANA name; UTC when absent.",
        ["every"] = "An interval, 1 second to 365 days.",
        ["at"] = "Once, at this instant.",
        ["startAt"] = "Nothing before.",
        ["endAt"] = "Nothing after.",
        ["overlap"] = "What is done at an instant while the last job still runs.",
        ["misfire"] = "What is done about instants that were missed.",
        ["catchUp"] = "With CATCH_UP: how many missed instants fire at most, 1 to 1,000.",
        ["misfireThreshold"] = "How late an instant counts as missed, 1 second to 1 day.",
        ["jitter"] = "Up to how much later each instant fires, at most 1 hour.",
        ["enabled"] = "Whether it fires.",
        ["status"] = "As an answer has it; it is not read.",
    });

    public static readonly ApiBody Patch = Body.Patch("SchedulePatch", "A JSON Merge Patch (RFC 7396) of a schedule.");

    public static readonly ApiType Job = ApiType.Of("ScheduledJob", "What a schedule submits, as it was sent.",
        ("task", Schema.Text()),
        ("version?", Schema.Text()),
        ("queue", Schema.Text()),
        ("priority", Schema.Word("LOW", "NORMAL", "HIGH", "URGENT")),
        ("maxAttempts?", Schema.Integer()),
        ("expiresIn?", Schema.Duration()),
        ("timeout?", Schema.Duration()),
        ("retry?", SubmissionSchemas.Retry.Reference()),
        ("escalateAfter?", Schema.Duration()),
        ("escalateTo?", Schema.Text()),
        ("fairnessKey?", Schema.Text()),
        ("concurrencyKey?", Schema.Text()),
        ("concurrencyLimit?", Schema.Integer()),
        ("rateKey?", Schema.Text()),
        ("rateLimit?", SubmissionSchemas.Rate.Reference()),
        ("retention?", Schema.Duration()),
        ("record?", Schema.Text()),
        ("cache?", Schema.Flag()),
        ("input?", Schema.Any("Absent in lists.")));

    public static readonly ApiType Schedule = ApiType.Of("Schedule", "When a job is submitted, and which.",
        ("id", Schema.Text()),
        ("cron?", Schema.Text()),
        ("timeZone?", Schema.Text()),
        ("every?", Schema.Duration()),
        ("at?", Schema.Instant()),
        ("startAt?", Schema.Instant()),
        ("endAt?", Schema.Instant()),
        ("overlap", Schema.Word(Overlaps)),
        ("misfire", Schema.Word(Misfires)),
        ("catchUp?", Schema.Integer()),
        ("misfireThreshold", Schema.Duration()),
        ("jitter", Schema.Duration()),
        ("enabled", Schema.Flag()),
        ("job", Job),
        ("status", Schema.Object("What the server says of it.",
            ("nextInstant?", Schema.Instant()), ("lastInstant?", Schema.Instant()), ("createdAt", Schema.Instant()), ("updatedAt", Schema.Instant()))));

    public static readonly ApiType Fire = ApiType.Of("Fire", "What became of an instant.",
        ("instant", Schema.Instant()),
        ("kind", Schema.Word(Enum.GetValues<FireKind>().Select(k => k.Name()))),
        ("state", Schema.Word(Enum.GetValues<FireState>().Select(s => s.Name()))),
        ("reason?", Schema.Text()),
        ("job?", Schema.Uuid("The job that was submitted.")),
        ("runAt", Schema.Instant()),
        ("decidedAt", Schema.Instant()),
        ("backfill?", Schema.Uuid()),
        ("idempotencyKey?", Schema.Text()));

    public static readonly ApiType Backfill = ApiType.Of("Backfill", "Instants of a range that is over, fired one after the other.",
        ("id", Schema.Uuid()),
        ("from", Schema.Instant()),
        ("to", Schema.Instant()),
        ("perMinute", Schema.Integer()),
        ("state", Schema.Word(Enum.GetValues<BackfillState>().Select(s => s.Name()))),
        ("total", Schema.Integer()),
        ("handled", Schema.Integer()),
        ("submitted", Schema.Integer()),
        ("createdAt", Schema.Instant()),
        ("updatedAt", Schema.Instant()));

    public static readonly ApiBody BackfillBody = ApiBody.Of("BackfillRequest", "A range of instants to fire.", Schedules.BackfillBody.Shape, default, new Dictionary<string, string>
    {
        ["from"] = "The first instant of the range.",
        ["to"] = "The instant before which it ends.",
        ["perMinute"] = "Jobs a minute, 1 to 6,000; 60 when absent.",
    }, "from", "to");
}
