using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads a schedule from the body of a request. What it submits is read as a submit is, so that a job is said in one way everywhere.</summary>
public static class ScheduleRequest
{
    private static readonly (string, OverlapPolicy)[] Overlaps = [.. Enum.GetValues<OverlapPolicy>().Select(p => (p.Name(), p))];
    private static readonly (string, MisfirePolicy)[] Misfires = [.. Enum.GetValues<MisfirePolicy>().Select(p => (p.Name(), p))];
    private static readonly Submission NoJob = new() { Task = "", Input = [] };

    internal static readonly ScheduleDefinition NoJobYet = new() { Id = "preview", Job = NoJob };

    internal static readonly BodyShape<ScheduleDefinition> Shape = new("a schedule")
    {
        { "id", (draft, ref body) => draft with { Id = body.Text() } },
        { "job", (draft, ref body) => draft with { Job = SubmitRequest.ReadTemplate(ref body) } },
        { "cron", (draft, ref body) => draft with { Cron = body.Text() } },
        { "timeZone", (draft, ref body) => draft with { TimeZone = body.Text() } },
        { "every", (draft, ref body) => draft with { Every = body.Duration() } },
        { "at", (draft, ref body) => draft with { At = body.Instant() } },
        { "startAt", (draft, ref body) => draft with { StartAt = body.Instant() } },
        { "endAt", (draft, ref body) => draft with { EndAt = body.Instant() } },
        { "overlap", (draft, ref body) => draft with { Overlap = body.Word(Overlaps) } },
        { "misfire", (draft, ref body) => draft with { Misfire = body.Word(Misfires) } },
        { "catchUp", (draft, ref body) => draft with { CatchUp = body.Integer() } },
        { "misfireThreshold", (draft, ref body) => draft with { MisfireThreshold = body.Duration() } },
        { "jitter", (draft, ref body) => draft with { Jitter = body.Duration() } },
        { "enabled", (draft, ref body) => draft with { Enabled = body.Boolean() } },
        // What the server says of itself in an answer: it may come back with a definition that was read and changed.
        { "status", Skip },
    };

    /// <summary>No number that anybody sends: whether there was one has to be known.</summary>
    private const int NoCatchUp = int.MinValue;

    /// <param name="id">From the path, which the body may repeat; null when the body must name it.</param>
    /// <param name="enabled">What it is when the body does not say.</param>
    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static ScheduleDefinition Read(ReadOnlySpan<byte> body, string? id, bool enabled = true)
    {
        ScheduleDefinition draft = BodyReader.Read(body, Shape, new ScheduleDefinition { Id = id ?? "", Job = NoJob, CatchUp = NoCatchUp, Enabled = enabled });
        if (draft.CatchUp == NoCatchUp) draft = draft with { CatchUp = NoJobYet.CatchUp };
        else if (draft.Misfire != MisfirePolicy.CatchUp) throw Wrong("/catchUp", "catchUp is of no use without misfire CATCH_UP.");
        if (id is not null && draft.Id != id) throw Wrong("/id", "id differs from the one in the path; a schedule keeps its id.");
        if (!EntityName.IsName(draft.Id)) throw Wrong("/id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        return draft.Job == NoJob ? throw Wrong("/job", "job is missing: what the schedule submits, such as {\"task\":\"name\",\"input\":{}}.") : draft;
    }

    /// <summary>A definition whose instants are to be seen: neither id nor job is needed.</summary>
    /// <exception cref="ProblemException">As <see cref="Read"/>.</exception>
    public static ScheduleDefinition ReadTiming(ReadOnlySpan<byte> body) => BodyReader.Read(body, Shape, NoJobYet);

    private static ScheduleDefinition Skip(ScheduleDefinition draft, ref BodyReader body)
    {
        body.Skip();
        return draft;
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
