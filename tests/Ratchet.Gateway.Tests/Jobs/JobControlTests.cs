using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Gateway.Tests.Jobs;

public sealed class JobControlTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;

    public JobControlTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
    }

    [Fact]
    public async Task Cancel_says_what_it_did()
    {
        gateway.Grains.On("IJobGrain.CancelAsync", new JobCancelled(Make.Job(JobState.Cancelled), JobState.Processing, "node-1"));
        Answer answer = await gateway.PostAsync($"jobs/{Make.Id}/cancel", """{"reason":"wrong customer"}""");
        Assert.Equal((200, "PROCESSING", "node-1"), (answer.Status, answer.Text("was"), answer.Text("interrupted")));
        Assert.Equal("CANCELLED", answer.Body.GetProperty("job").GetProperty("state").GetString());
        Assert.Equal($"IJobGrain.CancelAsync {Make.Id}(default, client, wrong customer)", Assert.Single(gateway.Grains.Made));
        await gateway.PostAsync($"jobs/{Make.Id}/cancel");
        Assert.Equal($"IJobGrain.CancelAsync {Make.Id}(default, client, null)", gateway.Grains.Made[1]);
    }

    [Fact]
    public async Task Cancelling_again_is_harmless()
    {
        gateway.Grains.On("IJobGrain.CancelAsync", new JobCancelled(Make.Job(JobState.Cancelled), JobState.Cancelled, null));
        Answer answer = await gateway.PostAsync($"jobs/{Make.Id}/cancel");
        Assert.Equal((200, "CANCELLED"), (answer.Status, answer.Text("was")));
        Assert.False(answer.Body.TryGetProperty("interrupted", out _));
    }

    [Theory]
    [InlineData("POST", "cancel", "CancelAsync")]
    [InlineData("POST", "retry", "RedriveAsync")]
    [InlineData("POST", "priority", "ReprioritiseAsync")]
    [InlineData("DELETE", "", "DeleteAsync")]
    public async Task What_the_state_does_not_allow_is_409_with_the_state(string method, string verb, string call)
    {
        gateway.Grains.On($"IJobGrain.{call}", _ => throw new IllegalTransitionException(Make.JobId, JobState.Completed, "cancel"));
        Answer answer = await SendAsync(method, verb);
        answer.Is(409, "illegal-transition");
        Assert.Equal("COMPLETED", answer.Text("state"));
        Assert.Contains("is COMPLETED; 'cancel' is not possible from there", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "cancel", "CancelAsync")]
    [InlineData("POST", "retry", "RedriveAsync")]
    [InlineData("POST", "priority", "ReprioritiseAsync")]
    [InlineData("DELETE", "", "DeleteAsync")]
    [InlineData("GET", "why", "WhyAsync")]
    public async Task A_job_that_is_not_there_is_404(string method, string verb, string call)
    {
        gateway.Grains.On($"IJobGrain.{call}", call == "DeleteAsync" ? false : null);
        (await SendAsync(method, verb)).Is(404, "not-found");
        (await SendAsync(method, verb, "nonsense")).Is(404, "not-found");
    }

    [Fact]
    public async Task Retry_passes_the_idempotency_key_on()
    {
        gateway.Grains.On("IJobGrain.RedriveAsync", Make.Job(JobState.Queued));
        Answer answer = await gateway.PostAsync($"jobs/{Make.Id}/retry", null, "\"again-1\"");
        Assert.Equal((200, "QUEUED"), (answer.Status, answer.Text("state")));
        Assert.Equal($"IJobGrain.RedriveAsync {Make.Id}(default, client, again-1)", Assert.Single(gateway.Grains.Made));
    }

    [Fact]
    public async Task Priority_and_delete()
    {
        gateway.Grains.On("IJobGrain.ReprioritiseAsync", Make.Job(JobState.Queued));
        gateway.Grains.On("IJobGrain.DeleteAsync", true);
        Assert.Equal(200, (await gateway.PostAsync($"jobs/{Make.Id}/priority", """{"priority":"urgent"}""")).Status);
        Assert.Equal(204, (await gateway.DeleteAsync($"jobs/{Make.Id}")).Status);
        Assert.Equal([$"IJobGrain.ReprioritiseAsync {Make.Id}(default, Urgent, client)", $"IJobGrain.DeleteAsync {Make.Id}(default, client)"], gateway.Grains.Made);
    }

    [Theory]
    [InlineData("cancel", """{"because":"x"}""", "/because")]
    [InlineData("cancel", """{"reason":7}""", "/reason")]
    [InlineData("cancel", """{"reason":"a\u0000b"}""", "/reason")]
    [InlineData("retry", """{"attempts":7}""", "/attempts")]
    [InlineData("priority", "{}", "/priority")]
    [InlineData("priority", """{"priority":"top"}""", "/priority")]
    public async Task A_wrong_body_is_422(string verb, string body, string pointer) => (await gateway.PostAsync($"jobs/{Make.Id}/{verb}", body)).Is(422, "invalid-field", pointer);

    [Fact]
    public async Task A_worker_has_one_name_and_its_start_beside_it()
    {
        const string Start = "local@127.0.0.1:11111:153";
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Processing) with { Node = Start });
        Answer job = await gateway.GetAsync($"jobs/{Make.Id}");
        Assert.Equal(("local", Start), (job.Text("node"), job.Text("incarnation")));
        JobEvent Event(string actor) => new(new EventCursor(1, 1), GatewayStandIn.Now, Make.JobId, "start", JobState.Queued, JobState.Processing, 1, actor, null);
        gateway.Grains.On("IJobDirectoryGrain.EventsAsync", (IReadOnlyList<JobEvent>)[Event(Start), Event("client"), Event("schedule:a@b:1:2")]);
        Answer events = await gateway.GetAsync($"jobs/{Make.Id}/events");
        Assert.Equal(["local", "client", "schedule:a@b:1:2"], events.Body.EnumerateArray().Select(e => e.GetProperty("actor").GetString()));
        Assert.Equal([true, false, false], events.Body.EnumerateArray().Select(e => e.TryGetProperty("incarnation", out _)));
    }

    [Fact]
    public async Task Retry_and_priority_go_by_the_names_that_people_know()
    {
        gateway.Grains.On("IJobGrain.RedriveAsync", _ => throw new IllegalTransitionException(Make.JobId, JobState.Completed, "redrive"));
        gateway.Grains.On("IJobGrain.ReprioritiseAsync", _ => throw new IllegalTransitionException(Make.JobId, JobState.Completed, "reprioritise"));
        Assert.EndsWith("is COMPLETED; 'retry' is not possible from there.", (await gateway.PostAsync($"jobs/{Make.Id}/retry")).Text("detail"), StringComparison.Ordinal);
        Answer priority = await gateway.PostAsync($"jobs/{Make.Id}/priority", """{"priority":"LOW"}""");
        Assert.EndsWith("is COMPLETED; a change of priority is not possible from there.", priority.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_names_the_cause()
    {
        gateway.Grains.On("IJobGrain.WhyAsync", new JobExplanation
        {
            Job = Make.Job(JobState.Queued), Cause = WaitCause.KeyLimit, Text = "It waits.", Subject = "c", Until = GatewayStandIn.Now, Holders = [Make.JobId], Ahead = 3, AheadByPriority = 1,
        });
        Answer answer = await gateway.GetAsync($"jobs/{Make.Id}/why");
        Assert.Equal(("KEY_LIMIT", "It waits.", "c", "3", "1"), (answer.Text("cause"), answer.Text("text"), answer.Text("subject"), answer.Text("ahead"), answer.Text("aheadByPriority")));
        Assert.Equal(Make.Id, answer.Body.GetProperty("holders")[0].GetString());
        Assert.Equal("QUEUED", answer.Body.GetProperty("job").GetProperty("state").GetString());
        Assert.False(answer.Body.TryGetProperty("estimate", out _));
    }

    [Fact]
    public async Task Events_are_listed_in_order()
    {
        gateway.Grains.On("IJobDirectoryGrain.EventsAsync", (IReadOnlyList<JobEvent>)
        [
            new JobEvent(new EventCursor(5, 1), GatewayStandIn.Now, Make.JobId, "enqueue", null, JobState.Queued, 0, "client", null),
            new JobEvent(new EventCursor(9, 2), GatewayStandIn.Now, Make.JobId, "cancel", JobState.Queued, JobState.Cancelled, 0, "client", "wrong"),
        ]);
        Answer answer = await gateway.GetAsync($"jobs/{Make.Id}/events");
        Assert.Equal("""{"cursor":"9-2","at":"2026-03-01T12:00:00+00:00","transition":"cancel","from":"QUEUED","to":"CANCELLED","attempt":0,"actor":"client","reason":"wrong"}""", answer.Body[1].GetRawText());
        Assert.False(answer.Body[0].TryGetProperty("from", out _));
        Assert.Equal("2", answer.Headers.GetValues("x-total-count").Single());
    }

    [Fact]
    public async Task Events_of_no_job_are_404_and_of_an_old_one_empty()
    {
        gateway.Grains.On("IJobDirectoryGrain.EventsAsync", Array.Empty<JobEvent>());
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", (object?)null);
        (await gateway.GetAsync($"jobs/{Make.Id}/events")).Is(404, "not-found");
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Completed));
        Assert.Equal("[]", (await gateway.GetAsync($"jobs/{Make.Id}/events")).Body.GetRawText());
    }

    private Task<Answer> SendAsync(string method, string verb, string id = Make.Id) => method switch
    {
        "DELETE" => gateway.DeleteAsync($"jobs/{id}"),
        "GET" => gateway.GetAsync($"jobs/{id}/{verb}"),
        _ => gateway.PostAsync($"jobs/{id}/{verb}", verb == "priority" ? """{"priority":"HIGH"}""" : null),
    };
}
