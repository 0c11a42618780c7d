using System.Text.Json;
using Ratchet.Events;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Recordings;
using Ratchet.Statistics;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>Statistics, history and recordings: the same that REST reads.</summary>
public sealed class ReadingTests(GatewayStandIn gateway) : GraphTests(gateway)
{
    private static readonly Guid Run = Guid.Parse("0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6b");

    [Fact]
    public async Task Statistics_are_those_of_REST()
    {
        Gateway.Grains.On("IStatisticsGrain.GetAsync", args => Statistics((TimeSpan)args[0]!));
        JsonElement data = (await DataAsync("""
            { statistics(window: "1h") { counts { state count } more queues { name counts { state count } } throughput { minute { completed } hour { failed perSecond } } window failures { kind count } wait { count p50Ms p99Ms } run { count p50Ms } nodes } }
            """)).GetProperty("statistics");
        Assert.Equal(
            """{"counts":[{"state":"QUEUED","count":7},{"state":"COMPLETED","count":3}],"more":["COMPLETED"],"queues":[{"name":"default","counts":[{"state":"QUEUED","count":4},{"state":"COMPLETED","count":3}]},{"name":"mails","counts":[{"state":"QUEUED","count":3}]}]"""
            + ""","throughput":{"minute":{"completed":5},"hour":{"failed":2,"perSecond":0.33}},"window":"1h","failures":[{"kind":"Timeout","count":2}],"wait":{"count":5,"p50Ms":1.5,"p99Ms":9},"run":{"count":0,"p50Ms":null},"nodes":2}""",
            data.GetRawText());
        Assert.Equal(["IStatisticsGrain.GetAsync"], Calls);
    }

    [Fact]
    public async Task The_history_is_read_in_pages_on_behind_a_cursor()
    {
        var asked = new List<EventRead>();
        Gateway.Grains.On("IEventFeedGrain.ReadAsync", args => { asked.Add((EventRead)args[0]!); return new[] { Event(9, JobState.Failed), Event(8, JobState.Queued), Event(7, JobState.Failed) }; });
        JsonElement page = (await DataAsync("""{ events(first: 1, filter: {to: [FAILED], queue: "mails"}) { nodes { cursor to queue task } pageInfo { hasNextPage endCursor } } }""")).GetProperty("events");
        Assert.Equal("""{"nodes":[{"cursor":"1-9","to":"FAILED","queue":"mails","task":"addition"}],"pageInfo":{"hasNextPage":true,"endCursor":"1-9"}}""", page.GetRawText());
        await DataAsync("""{ events(first: 5, after: "1-9", direction: ASC, filter: {transition: ["complete"]}) { nodes { cursor } } }""");
        Assert.Equal([(null, true), (new EventCursor(1, 9), false)], asked.Select(a => (a.From, a.Descending)));
    }

    [Fact]
    public async Task A_page_that_was_looked_for_in_vain_says_where_to_go_on()
    {
        long sequence = 1_000_000;
        Gateway.Grains.On("IEventFeedGrain.ReadAsync", _ => Enumerable.Range(0, Limits.EventRead).Select(_ => Event(sequence--, JobState.Queued)).ToArray());
        JsonElement info = (await DataAsync("{ events(filter: {to: [EXPIRED]}) { nodes { cursor } pageInfo { hasNextPage endCursor } } }")).GetProperty("events").GetProperty("pageInfo");
        Assert.Equal((true, $"1-{1_000_000 - Limits.EventsScanned + 1}"), (info.GetProperty("hasNextPage").GetBoolean(), info.GetProperty("endCursor").GetString()));
    }

    [Fact]
    public async Task A_recording_is_found_by_its_execution_among_its_tasks_newest_or_by_its_document()
    {
        var old = Guid.CreateVersion7();
        Gateway.Grains.On("IJobDirectoryGrain.GetExecutionAsync", args => Execution((Guid)args[1]!));
        Gateway.Grains.On("IRecordingGrain.ListAsync", new[] { Recording() });
        Gateway.Grains.On("IRecordingGrain.ReadAsync", new byte[77]);
        JsonElement data = await DataAsync(
            "query($id: ID!, $old: ID!) { node(id: $id) { id __typename ... on Recording { size url execution { attempt } } } recording(id: $old) { size version outcome } execution: node(id: $old) { __typename } }",
            new { id = Node("Recording", Run.ToString()), old = old.ToString() });
        Assert.Equal($$$"""{"id":"{{{Node("Recording", Run.ToString())}}}","__typename":"Recording","size":1234,"url":"/api/v1/executions/{{{Run}}}/recording","execution":{"attempt":1}}""", data.GetProperty("node").GetRawText());
        Assert.Equal("""{"size":77,"version":"1.0.0","outcome":"FAILED"}""", data.GetProperty("recording").GetRawText());
        data = await DataAsync("query($id: ID!) { node(id: $id) { ... on Execution { executionId task queue recording { id } } } }", new { id = Node("Execution", Run.ToString()) });
        Assert.Equal("mails", data.GetProperty("node").GetProperty("queue").GetString());
    }

    [Fact]
    public async Task Recordings_of_a_task_are_a_list_like_others()
    {
        Gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open));
        Gateway.Grains.On("IRecordingGrain.ListAsync", new[] { Recording(), Recording() with { Execution = Guid.CreateVersion7(), Outcome = "COMPLETED" } });
        JsonElement page = (await DataAsync("""{ task(name: "addition") { recordings(filter: {outcome: {eq: FAILED}}, sort: {field: SIZE}) { totalCount nodes { executionId } } } }""")).GetProperty("task").GetProperty("recordings");
        Assert.Equal($$"""{"totalCount":1,"nodes":[{"executionId":"{{Run}}"}]}""", page.GetRawText());
    }

    [Fact]
    public async Task A_timing_is_previewed_before_it_is_saved()
    {
        Gateway.Grains.On("IScheduleDirectoryGrain.PreviewAsync", args => new[] { GatewayStandIn.Now });
        JsonElement data = await DataAsync("""{ previewTiming(input: {cron: "0 3 * * *", timeZone: "Europe/Berlin"}, count: 1) }""");
        Assert.Equal("2026-03-01T12:00:00.0000000Z", data.GetProperty("previewTiming")[0].GetString());
    }

    private static StatisticsView Statistics(TimeSpan window) => new()
    {
        At = GatewayStandIn.Now,
        Queues = [new QueueCount("default", JobState.Completed, 3), new QueueCount("default", JobState.Queued, 4), new QueueCount("mails", JobState.Queued, 3)],
        More = [JobState.Completed],
        Minute = new Throughput(5, 0, 0.0833),
        Hour = new Throughput(1_200, 2, 0.3333),
        Window = window,
        Failures = new Dictionary<FailureKind, long> { [FailureKind.Timeout] = 2 },
        Wait = new TimesView(5, TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(9)),
        Run = new TimesView(0, null, null, null),
        Nodes = 2,
    };

    private static JobEvent Event(long sequence, JobState to) => new(new EventCursor(1, sequence), GatewayStandIn.Now, Make.JobId, "fail", null, to, 1, "queue", null) { Tenant = "default", Task = "addition", Queue = "mails" };

    private static ExecutionView Execution(Guid id) => new()
    {
        Id = id, Job = Make.JobId, Attempt = 1, Outcome = "FAILED", StartedAt = GatewayStandIn.Now, FinishedAt = GatewayStandIn.Now, Recorded = true, Task = "addition", TaskVersion = "1.0.0", Queue = "mails",
    };

    private static RecordingView Recording() => new() { Execution = Run, Job = Make.JobId, CreatedAt = GatewayStandIn.Now, Attempt = 1, Task = "addition", Version = "1.0.0", Outcome = "FAILED", Size = 1234 };
}
