using System.Text.Json;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Queues;

namespace Ratchet.Gateway.Tests.Lists;

/// <summary>Lists, from the request to the answer.</summary>
public sealed class ListEndpointTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;
    private ListQuery<JobField>? asked;

    public ListEndpointTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IQueueDirectoryGrain.ListAsync", (IReadOnlyList<QueueView>)[.. ((string[])["c", "a", "b"]).Select(n => Make.Queue(WorkMode.Active) with { Name = n })]);
    }

    [Fact]
    public async Task A_page_has_its_total_and_links_to_the_next_one()
    {
        Answering(new ListPage<JobView>([Make.Job(JobState.Failed)], HasNext: true, HasPrevious: false, Total: 7));
        Answer answer = await gateway.GetAsync("jobs?state=FAILED&_start=0&_end=1");
        Assert.Equal((200, "7", 1), (answer.Status, answer.Headers.GetValues("x-total-count").Single(), answer.Body.GetArrayLength()));
        string link = answer.Headers.GetValues("Link").Single();
        string cursor = JobList.Schema.Write(JobList.Schema.CursorOf(Make.Job(JobState.Failed), null), null);
        Assert.Equal($"</api/v1/jobs?state=FAILED&limit=1&after={cursor}>; rel=\"next\"", link);

        await gateway.GetAsync($"jobs?state=FAILED&limit=1&after={cursor}");
        Assert.Equal((FieldValue.Of(Make.JobId.Value), 1, false), (asked!.After!.Key, asked.Limit, asked.Count));
    }

    [Fact]
    public async Task An_id_as_before_still_works_and_says_that_it_goes_away()
    {
        Answering(new ListPage<JobView>([], false, false, 0));
        Answer answer = await gateway.GetAsync($"jobs?before={Make.Id}");
        Assert.Equal(FilterOperator.Less, asked!.Filter!.Operator);
        Assert.Equal(("@1796083200", "Wed, 01 Dec 2027 00:00:00 GMT"), (answer.Headers.GetValues("Deprecation").Single(), answer.Headers.GetValues("Sunset").Single()));
        Assert.Contains("rel=\"deprecation\"", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.False((await gateway.GetAsync("jobs")).Headers.Contains("Deprecation"));
    }

    [Fact]
    public async Task Only_the_fields_that_are_asked_for_come()
    {
        Answering(new ListPage<JobView>([Make.Job(JobState.Failed)], false, false, 1));
        Assert.Equal($$"""[{"id":"{{Make.Id}}","state":"FAILED"}]""", (await gateway.GetAsync("jobs?fields=id,state")).Body.GetRawText());
    }

    [Fact]
    public async Task What_a_list_of_jobs_may_have_is_all_that_one_has()
    {
        JobView whole = Make.Job(JobState.Failed) with
        {
            DueAt = GatewayStandIn.Now, StartedAt = GatewayStandIn.Now, FinishedAt = GatewayStandIn.Now, Deadline = GatewayStandIn.Now, EscalateAt = GatewayStandIn.Now, FairnessKey = "f",
            ConcurrencyKey = "c", RateKey = "r", UniqueKey = "u", Node = "a@127.0.0.1:1:2", IdempotencyKey = "i", Failure = new Failure(FailureKind.Timeout, "Timeout", "late"),
            CachedFrom = Make.Job(JobState.Completed).Id,
        };
        Answering(new ListPage<JobView>([whole], false, false, 1));
        Assert.Equal(JobJson.ListMembers.Order(), (await gateway.GetAsync("jobs")).Body[0].EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task Lists_that_are_in_memory_are_filtered_and_sorted_as_well()
    {
        Answer answer = await gateway.GetAsync("queues?name_ne=b&_sort=name&_order=desc&fields=name&limit=1");
        Assert.Equal(("""[{"name":"c"}]""", "2"), (answer.Body.GetRawText(), answer.Headers.GetValues("x-total-count").Single()));
        string next = answer.Headers.GetValues("Link").Single().Split('<', '>')[1]["/api/v1/".Length..];
        answer = await gateway.GetAsync(next);
        Assert.Equal("""[{"name":"a"}]""", answer.Body.GetRawText());
        Assert.Contains("rel=\"prev\"", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        (await gateway.GetAsync("queues?nam=b")).Is(422, "invalid-field", "/nam");
    }

    [Fact]
    public async Task A_list_that_takes_too_long_is_told_so()
    {
        gateway.Grains.On("IJobDirectoryGrain.ListAsync", _ => throw ListTooCostlyException.After(5));
        (await gateway.GetAsync("jobs?task_like=x")).Is(422, "too-costly");
    }

    [Fact]
    public async Task An_execution_is_shown_by_its_id_with_its_job()
    {
        var run = new ExecutionView { Id = Make.JobId.Value, Job = Make.JobId, Attempt = 1, Outcome = "FAILED", StartedAt = GatewayStandIn.Now, FinishedAt = GatewayStandIn.Now, Task = "addition", Queue = "mails" };
        gateway.Grains.On("IJobDirectoryGrain.GetExecutionAsync", args => (Guid)args[1]! == Make.JobId.Value ? run with { Log = [new LogEntry("info", 1, "hello")] } : null);
        Answer answer = await gateway.GetAsync($"executions/{Make.Id}");
        Assert.Equal((200, Make.Id, "addition", "mails"), (answer.Status, answer.Text("job"), answer.Text("task"), answer.Text("queue")));
        JsonElement line = (await gateway.GetAsync($"executions/{Make.Id}/logs")).Body[0];
        Assert.Equal(("hello", 1), (line.GetProperty("message").GetString(), line.GetProperty("line").GetInt32()));
        (await gateway.GetAsync($"executions/{Guid.Empty}")).Is(404, "not-found");
        (await gateway.GetAsync("executions/7")).Is(404, "not-found");
    }

    private void Answering(ListPage<JobView> page) => gateway.Grains.On("IJobDirectoryGrain.ListAsync", args =>
    {
        asked = (ListQuery<JobField>)args[1]!;
        return page;
    });
}
