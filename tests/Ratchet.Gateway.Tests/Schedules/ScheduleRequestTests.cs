using System.Text;
using System.Text.Json;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Tests.Schedules;

public class ScheduleRequestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static ScheduleDefinition Read(string body, string? id = null) => ScheduleRequest.Read(Encoding.UTF8.GetBytes(body), id);

    [Fact]
    public void Every_field_is_read_and_comes_back_as_it_was()
    {
        const string Body = """
            {"id":"nightly","cron":"30 2 * * *","timeZone":"Europe/Berlin","startAt":"2026-01-01T00:00:00+01:00","endAt":"2027-01-01T00:00:00Z","overlap":"queue_one",
             "misfire":"CATCH_UP","catchUp":7,"misfireThreshold":"1m30s","jitter":1.5,"enabled":false,
             "job":{"task":"report","input":{"n": 1.0,"t":"\u00e9"},"queue":"reports","priority":"high","maxAttempts":2}}
            """;
        ScheduleDefinition read = Read(Body);
        Assert.Equal(("nightly", "30 2 * * *", "Europe/Berlin"), (read.Id, read.Cron, read.TimeZone));
        Assert.Equal((OverlapPolicy.QueueOne, MisfirePolicy.CatchUp, 7, false), (read.Overlap, read.Misfire, read.CatchUp, read.Enabled));
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1.5)), (read.MisfireThreshold, read.Jitter));
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 0, 0, TimeSpan.Zero), read.StartAt);
        Assert.Equal("""{"n": 1.0,"t":"\u00e9"}""", Encoding.UTF8.GetString(read.Job.Input));

        // What the server writes can be sent back.
        string written = Written(read);
        ScheduleDefinition again = Read(written, "nightly");
        Assert.Equal(read with { Job = again.Job }, again);
        Assert.Equal(read.Job.Input, again.Job.Input);
        Assert.Equal((read.Job.Task, read.Job.Queue, read.Job.Priority, read.Job.MaxAttempts), (again.Job.Task, again.Job.Queue, again.Job.Priority, again.Job.MaxAttempts));
    }

    [Fact]
    public void All_that_a_job_may_say_comes_back_as_it_was()
    {
        const string Job = """
            {"task":"t","queue":"q","priority":"LOW","maxAttempts":4,"expiresIn":"6h","timeout":"1m30s","retry":{"strategy":"fixed","maxAttempts":4,"initialDelay":"5s","maxDelay":"1m","factor":1.5,"jitter":false,
            "maxElapsed":"1h","retryOn":["DataError"],"noRetryOn":["Timeout"]},"escalateAfter":"10m","escalateTo":"HIGH","fairnessKey":"f","concurrencyKey":"c","concurrencyLimit":3,
            "rateKey":"r","rateLimit":{"count":10,"window":"1m"},"retention":"7d","input":{}}
            """;
        JsonElement written = JsonElement.Parse(Written(Read($$"""{"id":"a","cron":"@daily","job":{{Job}}}"""))).GetProperty("job");
        Assert.Equal(JsonElement.Parse(Job).ToString().Replace("\n", "", StringComparison.Ordinal), written.GetRawText());
    }

    [Fact]
    public void A_list_of_waits_comes_back_as_it_was()
    {
        const string Retry = """{"maxAttempts":3,"delays":["1s","1m"],"retryOn":[],"noRetryOn":[]}""";
        JsonElement written = JsonElement.Parse(Written(Read($$$"""{"id":"a","cron":"@daily","job":{"task":"t","input":{},"retry":{{{Retry}}}}}"""))).GetProperty("job");
        Assert.Equal(Retry, written.GetProperty("retry").GetRawText());
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        ScheduleDefinition read = Read("""{"id":"a","every":"1m","job":{"task":"t","input":{}}}""");
        Assert.Equal((TimeSpan.FromMinutes(1), OverlapPolicy.Skip, MisfirePolicy.RunOnce, true), (read.Every!.Value, read.Overlap, read.Misfire, read.Enabled));
        Assert.Equal(("UTC", TimeSpan.FromMinutes(1), TimeSpan.Zero), (read.TimeZone, read.MisfireThreshold, read.Jitter));
        Assert.Equal("@daily", ScheduleRequest.ReadTiming("""{"cron":"@daily"}"""u8.ToArray()).Cron);
    }

    [Theory]
    [InlineData("""{"cron":"@daily","job":{"task":"t","input":{}}}""", "/id")]
    [InlineData("""{"id":"a/b","cron":"@daily","job":{"task":"t","input":{}}}""", "/id")]
    [InlineData("""{"id":"a","cron":"@daily"}""", "/job")]
    [InlineData("""{"id":"a","cron":1,"job":{"task":"t","input":{}}}""", "/cron")]
    [InlineData("""{"id":"a","colour":"red","job":{"task":"t","input":{}}}""", "/colour")]
    [InlineData("""{"id":"a","id":"b","job":{"task":"t","input":{}}}""", "/id")]
    [InlineData("""{"id":"a","cron":"@daily","catchUp":5,"job":{"task":"t","input":{}}}""", "/catchUp")]
    [InlineData("""{"id":"a","every":"1.5s","job":{"task":"t","input":{}}}""", "/every")]
    [InlineData("""{"id":"a","every":9223372036854775807,"job":{"task":"t","input":{}}}""", "/every")]
    [InlineData("""{"id":"a","at":"2026-01-01T00:00:00","job":{"task":"t","input":{}}}""", "/at")]
    [InlineData("""{"id":"a","overlap":"never","job":{"task":"t","input":{}}}""", "/overlap")]
    [InlineData("""{"id":"a","misfire":"never","job":{"task":"t","input":{}}}""", "/misfire")]
    [InlineData("""{"id":"a","enabled":"yes","job":{"task":"t","input":{}}}""", "/enabled")]
    [InlineData("""{"id":"a","everyMs":5,"job":{"task":"t","input":{}}}""", "/everyMs")]
    [InlineData("""{"id":"a","jitter":-1,"job":{"task":"t","input":{}}}""", "/jitter")]
    [InlineData("""{"id":"a","misfireThreshold":true,"job":{"task":"t","input":{}}}""", "/misfireThreshold")]
    [InlineData("""{"id":"a","job":[]}""", "/job")]
    [InlineData("""{"id":"a","job":{"input":{}}}""", "/job/task")]
    [InlineData("""{"id":"a","job":{"task":"t","task":"t","input":{}}}""", "/job/task")]
    [InlineData("""{"id":"a","job":{"task":"t","input":{},"maxAttempts":1,"retry":{"maxAttempts":2}}}""", "/job/retry/maxAttempts")]
    [InlineData("""{"id":"a","job":{"task":"t"}}""", "/job/input")]
    [InlineData("""{"id":"a","job":{"task":"t","input":{},"colour":"red"}}""", "/job/colour")]
    public void A_wrong_field_is_named_by_its_pointer(string body, string pointer)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Read(body)).Problem;
        Assert.Equal((422, pointer), (problem.Status, Assert.Single(problem.Errors).Pointer));
    }

    [Fact]
    public void A_schedule_keeps_the_id_of_its_path() =>
        Assert.Equal("/id", Assert.Throws<ProblemException>(() => Read("""{"id":"b","cron":"@daily","job":{"task":"t","input":{}}}""", "a")).Problem.Errors[0].Pointer);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"a\",")]
    [InlineData("{\"id\":\"a\"} {}")]
    public void What_is_no_JSON_object_is_malformed(string body) => Assert.Equal(400, Assert.Throws<ProblemException>(() => Read(body)).Problem.Status);

    [Fact]
    public void A_backfill_has_a_range_and_a_rate()
    {
        BackfillRequest Fill(string body) => BackfillBody.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal(new BackfillRequest(Noon, Noon.AddDays(1), 60), Fill("""{"from":"2026-03-01T12:00:00Z","to":"2026-03-02T12:00:00Z"}"""));
        Assert.Equal(5, Fill("""{"from":"2026-03-01T12:00:00Z","to":"2026-03-02T12:00:00Z","perMinute":5}""").PerMinute);
        foreach ((string body, string pointer) in new[] { ("{}", "/from"), ("""{"from":"2026-03-01T12:00:00Z"}""", "/to"), ("""{"until":"x"}""", "/until") })
            Assert.Equal(pointer, Assert.Throws<ProblemException>(() => Fill(body)).Problem.Errors[0].Pointer);
    }

    [Fact]
    public void A_mistake_in_a_cron_expression_is_422_with_its_place()
    {
        Problem problem = ScheduleProblems.Of(new InvalidScheduleException("/cron", "wrong") { Position = new CronPosition(2, 4) })!;
        Assert.Equal((422, "/cron", ("/cron", 2, 4)), (problem.Status, problem.Errors[0].Pointer, problem.Position!.Value));
        Problem several = ScheduleProblems.Of(new InvalidScheduleException("/jitter", "long") { Others = [new ScheduleFault("/cron", "wrong", new CronPosition(1, 0))] })!;
        Assert.Equal(["/jitter", "/cron"], several.Errors.Select(e => e.Pointer));
        Assert.Equal(("/cron", 1, 0), several.Position!.Value);
        Assert.Equal(404, ScheduleProblems.Of(ScheduleNotFoundException.Of("a"))!.Status);
        Assert.Equal(409, ScheduleProblems.Of(new ScheduleConflictException("busy"))!.Status);
        Assert.Null(ScheduleProblems.Of(new RatchetException("other")));
    }

    private static string Written(ScheduleDefinition definition)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var view = new ScheduleView { Tenant = "default", Definition = definition, Revision = 1, CreatedAt = Noon, UpdatedAt = Noon, NextInstant = Noon };
            ScheduleJson.Write(json, view, whole: true);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
