using System.Text;
using System.Text.Json;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads a schedule from the body of a request. What it submits is read as a submit is, so that a job is said in one way everywhere.</summary>
public static class ScheduleRequest
{
    private const string Known = "id, job, cron, timeZone, everyMs, at, startAt, endAt, overlap, misfire, catchUp, misfireThresholdMs, jitterMs, enabled";

    private static readonly Submission NoJob = new() { Task = "", Input = [] };

    /// <param name="id">From the path, which the body may repeat; null when the body must name it.</param>
    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static ScheduleDefinition Read(ReadOnlyMemory<byte> body, string? id)
    {
        ScheduleDefinition draft = ReadFields(body, new ScheduleDefinition { Id = id ?? "", Job = NoJob });
        if (id is not null && draft.Id != id) throw JsonFields.Wrong("id", "id differs from the one in the path; a schedule keeps its id.");
        if (!EntityName.IsName(draft.Id)) throw JsonFields.Wrong("id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        return draft.Job == NoJob ? throw JsonFields.Wrong("job", "job is missing: what the schedule submits, such as {\"task\":\"name\",\"input\":{}}.") : draft;
    }

    /// <summary>A definition whose instants are to be seen: neither id nor job is needed.</summary>
    /// <exception cref="ProblemException">As <see cref="Read"/>.</exception>
    public static ScheduleDefinition ReadTiming(ReadOnlyMemory<byte> body) => ReadFields(body, new ScheduleDefinition { Id = "preview", Job = NoJob });

    private static ScheduleDefinition ReadFields(ReadOnlyMemory<byte> body, ScheduleDefinition draft)
    {
        foreach ((string field, JsonElement value) in JsonFields.Read(body)) draft = ReadField(draft, field, value);
        return draft;
    }

    private static ScheduleDefinition ReadField(ScheduleDefinition draft, string field, JsonElement value) => field switch
    {
        "id" => draft with { Id = JsonFields.Text(field, value) },
        "job" => draft with { Job = Job(value) },
        "cron" => draft with { Cron = JsonFields.Text(field, value) },
        "timeZone" => draft with { TimeZone = JsonFields.Text(field, value) },
        "everyMs" => draft with { Every = JsonFields.Milliseconds(field, value) },
        "at" => draft with { At = JsonFields.Instant(field, value) },
        "startAt" => draft with { StartAt = JsonFields.Instant(field, value) },
        "endAt" => draft with { EndAt = JsonFields.Instant(field, value) },
        "overlap" => draft with { Overlap = Overlap(JsonFields.Text(field, value)) },
        "misfire" => draft with { Misfire = Misfire(JsonFields.Text(field, value)) },
        "catchUp" => draft with { CatchUp = JsonFields.Integer(field, value) },
        "misfireThresholdMs" => draft with { MisfireThreshold = JsonFields.Milliseconds(field, value) },
        "jitterMs" => draft with { Jitter = JsonFields.Milliseconds(field, value) },
        "enabled" => draft with { Enabled = JsonFields.Flag(field, value) },
        // What the server says of itself in an answer: it may come back with a definition that was read and changed.
        "status" => draft,
        _ => throw JsonFields.Wrong(field, $"'{field}' is not a field of a schedule; known are {Known}."),
    };

    private static Submission Job(JsonElement value)
    {
        try
        {
            return SubmitRequest.Read(Encoding.UTF8.GetBytes(value.GetRawText()));
        }
        catch (ProblemException e)
        {
            throw new ProblemException(ScheduleProblems.Within("/job", e.Problem));
        }
    }

    private static OverlapPolicy Overlap(string text) =>
        SchedulePolicies.TryParse(text, out OverlapPolicy policy) ? policy : throw JsonFields.Wrong("overlap", "overlap must be SKIP, ALLOW, QUEUE_ONE or CANCEL_RUNNING.");

    private static MisfirePolicy Misfire(string text) =>
        SchedulePolicies.TryParse(text, out MisfirePolicy policy) ? policy : throw JsonFields.Wrong("misfire", "misfire must be RUN_ONCE, SKIP or CATCH_UP.");
}
