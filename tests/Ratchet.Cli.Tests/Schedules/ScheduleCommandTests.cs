using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Schedules;

public sealed class ScheduleCommandTests(ScheduleStandIn server) : IClassFixture<ScheduleStandIn>
{
    [Fact]
    public async Task Schedules_are_listed_a_line_each()
    {
        RatchetResult result = await RunAsync("list", "--task", "a b", "--enabled", "--limit", "1");
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["ID", "TASK", "WHEN", "ENABLED", "OVERLAP", "MISFIRE", "NEXT", "LAST"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("30 2 * * * Europe/Berlin", lines[1], StringComparison.Ordinal);
        Assert.Contains("2026-11-24 01:30:00.000Z", lines[1], StringComparison.Ordinal);
        Assert.Equal("1 of 7 schedules; --limit shows more\n", result.Error);
        Assert.Contains("GET ?_start=0&_end=1&task=a%20b&enabled=true []", server.Requests);
    }

    [Fact]
    public async Task A_schedule_is_shown_for_people_and_for_programs()
    {
        string shown = (await RunAsync("get", "nightly")).Output;
        Assert.Contains("1m30s", shown, StringComparison.Ordinal);
        Assert.Contains("""{"n":1.0}""", shown, StringComparison.Ordinal);
        Assert.Equal("nightly", JsonElement.Parse((await RunAsync("get", "nightly", "-o", "json")).Output).GetProperty("id").GetString());
        (await RunAsync("get", "nope")).Fails(3, "error: There is no schedule 'nope'.");
    }

    [Fact]
    public async Task Options_become_the_definition()
    {
        RatchetResult result = await RunAsync("create", "new", "--cron", "30 2 * * *", "--tz", "Europe/Berlin", "--end", "2027-01-01", "--task", "report", "--input", """{"n":1.0}""",
            "--queue", "q", "--priority", "high", "--max-attempts", "2", "--overlap", "queue-one", "--misfire", "catch-up", "--catch-up", "5", "--misfire-threshold", "90s",
            "--jitter", "1s500ms", "--expires-in", "6h", "--disabled");
        Assert.Equal(0, result.ExitCode);
        const string Body = """{"id":"new","cron":"30 2 * * *","timeZone":"Europe/Berlin","endAt":"2027-01-01T00:00:00Z","overlap":"QUEUE_ONE","misfire":"CATCH_UP","catchUp":5,"misfireThreshold":"1m30s","jitter":"1s500ms","enabled":false,"job":{"task":"report","input":{"n":1.0},"queue":"q","priority":"HIGH","maxAttempts":2,"expiresIn":"6h"}}""";
        Assert.Contains($"POST  [] {Body}", server.Requests);
        (await RunAsync("create", "both", "--cron", "0 25 * * *", "--task", "report", "--max-attempts", "9")).Fails(
            2, "error: 3 fields of the schedule are not valid.\n  --cron is wrong in field 2.\n  --input /n: must be number\n  --max-attempts must be from 1 to 100.\n");
    }

    [Fact]
    public async Task An_update_changes_what_is_typed_and_nothing_else()
    {
        await RunAsync("update", "one", "--jitter", "5s", "--queue", "q");
        Assert.Contains(
            """PUT /one [] {"id":"nightly","cron":"30 2 * * *","timeZone":"Europe/Berlin","overlap":"SKIP","misfire":"RUN_ONCE","misfireThreshold":"1m","jitter":"5s","enabled":true,"job":{"task":"report","queue":"q","priority":"NORMAL","input":{"n":1.0}}}""",
            server.Requests);
        await RunAsync("update", "two", "--every", "5m", "--input", """{"other":2.0}""", "--disabled");
        Assert.Contains(
            """PUT /two [] {"id":"nightly","overlap":"SKIP","misfire":"RUN_ONCE","misfireThreshold":"1m","jitter":"1m30s","enabled":false,"job":{"task":"report","queue":"default","priority":"NORMAL","input":{"other":2.0}},"every":"5m"}""",
            server.Requests);
        Assert.Equal(0, (await RunAsync("update", "contended", "--jitter", "5s")).ExitCode);
        Assert.Equal(2, server.Requests.Count(r => r.StartsWith("PUT /contended", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_is_sent_under_the_id_that_was_typed()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "s.json");
        await File.WriteAllTextAsync(file, """{"id":"nightly","at":"2027-01-01T00:00:00Z","job":{"task":"t","input":{}}}""", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("create", "copy", "--file", file)).ExitCode);
        Assert.Contains("""POST  [] {"id":"copy","at":"2027-01-01T00:00:00Z","job":{"task":"t","input":{}}}""", server.Requests);
    }

    [Fact]
    public async Task The_server_says_what_is_wrong_with_a_cron_expression() =>
        (await RunAsync("create", "bad", "--cron", "0 25 * * *", "--task", "t")).Fails(2, "error: --cron is wrong in field 2.\n");

    [Fact]
    public async Task Verbs_reach_the_schedule()
    {
        Assert.Equal(ScheduleStandIn.Backfill + "\n", (await RunAsync("trigger", "nightly", "--idempotency-key", "k 1")).Output);
        Assert.Contains("fires next at 2026-11-24 01:30:00.000Z", (await RunAsync("enable", "nightly")).Error, StringComparison.Ordinal);
        await RunAsync("disable", "nightly");
        Assert.Equal(0, (await RunAsync("delete", "nightly")).ExitCode);
        foreach (string request in new[] { "POST /nightly/trigger [k 1]", "POST /nightly/enable []", "POST /nightly/disable []", "DELETE /nightly []" }) Assert.Contains(request, server.Requests);
    }

    [Fact]
    public async Task What_is_to_come_and_what_was_are_shown()
    {
        Assert.Equal("2026-11-24 01:30:00.000Z  2026-11-24 02:30:00.000+01:00\n2026-11-25 01:30:00.000Z\n", (await RunAsync("preview", "nightly", "--count", "2")).Output);
        await RunAsync("preview", "--cron", "@daily", "--tz", "Asia/Kathmandu");
        Assert.Contains("""POST /preview?count=10 [] {"cron":"@daily","timeZone":"Asia/Kathmandu"}""", server.Requests);
        Assert.Contains("a job of the schedule was not at an end", (await RunAsync("fires", "nightly", "--before", "2026-11-24")).Output, StringComparison.Ordinal);
        Assert.Contains("GET /nightly/fires?limit=50&before=2026-11-24T00%3A00%3A00.0000000Z []", server.Requests);
    }

    [Fact]
    public async Task Backfills_are_started_listed_and_held()
    {
        Assert.Equal(ScheduleStandIn.Backfill + "\n", (await RunAsync("backfill", "start", "nightly", "--from", "2026-11-01", "--to", "2026-11-02", "--per-minute", "5")).Output);
        Assert.Contains("""POST /nightly/backfills [] {"from":"2026-11-01T00:00:00Z","to":"2026-11-02T00:00:00Z","perMinute":5}""", server.Requests);
        Assert.Contains("RUNNING", (await RunAsync("backfill", "list", "nightly")).Output, StringComparison.Ordinal);
        Assert.Contains("3 of 24 instants", (await RunAsync("backfill", "pause", "nightly", ScheduleStandIn.Backfill)).Error, StringComparison.Ordinal);
        Assert.Contains($"POST /nightly/backfills/{ScheduleStandIn.Backfill}/pause []", server.Requests);
    }

    [Theory]
    [InlineData("--task is missing", "create", "a", "--cron", "@daily")]
    [InlineData("Say when: --cron, --every or --at.", "create", "a", "--task", "t")]
    [InlineData("say what to change, by options or as a whole by --file.", "update", "a")]
    [InlineData("--file holds the whole schedule; --queue would be lost beside it.", "update", "a", "--file", "-", "--queue", "q")]
    [InlineData("--every must be a duration such as", "create", "a", "--task", "t", "--every", "5x")]
    [InlineData("--at must be a time such as", "create", "a", "--task", "t", "--at", "soon")]
    [InlineData("--count must be from 1 to 1000.", "preview", "a", "--count", "1001")]
    [InlineData("Give a schedule's id, or a timing", "preview")]
    [InlineData("--enabled and --disabled exclude each other.", "list", "--enabled", "--disabled")]
    [InlineData("Option '--to' is required.", "backfill", "start", "a", "--from", "2026-01-01")]
    public async Task A_mistake_is_exit_2_with_one_sentence(string message, params string[] args) => (await RunAsync(args)).Fails(2, message);

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["schedule", .. args, "--server", server.Url]);
}
