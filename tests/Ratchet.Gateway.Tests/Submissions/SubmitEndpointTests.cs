using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Submissions;

/// <summary>POST /jobs, from the request to the answer.</summary>
public sealed class SubmitEndpointTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    private const string Body = """{"task":"addition","input":{"n":1}}""";

    [Fact]
    public async Task An_accepted_job_is_201_with_its_place()
    {
        Submitting(new SubmitResult { Job = Make.Job(JobState.Queued) });
        Answer answer = await gateway.PostAsync("jobs", Body);
        Assert.Equal((201, Make.Id, """{"n":1}"""), (answer.Status, answer.Text("id"), answer.Text("input")));
        Assert.Equal($"/api/v1/jobs/{Make.Id}", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_job_that_was_given_a_result_at_once_has_it_in_the_answer()
    {
        var source = new JobId(Guid.Parse("0197c2a4-5b1e-7c60-8d3a-000000000001"));
        JobView reused = Make.Job(JobState.Completed) with { CachedFrom = source };
        Submitting(new SubmitResult { Job = reused });
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", reused with { Input = """{"n":1}"""u8.ToArray(), Output = "7"u8.ToArray() });
        Answer answer = await gateway.PostAsync("jobs", Body);
        Assert.Equal((201, "COMPLETED", "True", source.ToString(), "7"), (answer.Status, answer.Text("state"), answer.Text("cached"), answer.Text("cachedFrom"), answer.Text("output")));
    }

    [Fact]
    public async Task A_job_that_was_there_is_200_with_its_own_input()
    {
        Submitting(new SubmitResult { Job = Make.Job(JobState.Queued) with { Input = "2"u8.ToArray(), FairnessKey = "f", Deadline = GatewayStandIn.Now }, Existing = true });
        Answer answer = await gateway.PostAsync("jobs", Body);
        Assert.Equal((200, "2", "f", "2026-03-01T12:00:00+00:00"), (answer.Status, answer.Text("input"), answer.Text("fairnessKey"), answer.Text("deadline")));
    }

    [Fact]
    public async Task A_job_shows_what_it_says_for_itself_under_the_names_of_a_submit()
    {
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", Make.Job(JobState.Queued) with
        {
            Options = new JobOptions
            {
                Timeout = TimeSpan.FromSeconds(30), ConcurrencyLimit = 2, RateLimit = new RateLimit(10, TimeSpan.FromMinutes(1)), Record = RecordMode.OnFailure, NoCache = true,
                Retry = new RetryPolicy { MaxAttempts = 5, Delays = [TimeSpan.FromSeconds(1)] },
            },
            Retention = TimeSpan.FromDays(1), EscalateTo = JobPriority.High,
        });
        Answer answer = await gateway.GetAsync($"jobs/{Make.Id}");
        Assert.Equal(
            ("30s", "2", """{"count":10,"window":"1m"}""", "onFailure", "False", "1d", "HIGH"),
            (answer.Text("timeout"), answer.Text("concurrencyLimit"), answer.Text("rateLimit"), answer.Text("record"), answer.Text("cache"), answer.Text("retention"), answer.Text("escalateTo")));
        Assert.Equal(("5", """["1s"]"""), (answer.Body.GetProperty("retry").GetProperty("maxAttempts").ToString(), answer.Body.GetProperty("retry").GetProperty("delays").ToString()));
    }

    [Theory]
    [InlineData(RejectionCode.Draining, 409, "draining")]
    [InlineData(RejectionCode.TaskDisabled, 409, "task-disabled")]
    [InlineData(RejectionCode.UnknownTask, 404, "unknown-task")]
    [InlineData(RejectionCode.InvalidField, 422, "invalid-field")]
    [InlineData(RejectionCode.Unavailable, 503, "unavailable")]
    public async Task A_rejection_is_a_problem(RejectionCode code, int status, string problem)
    {
        Submitting(new SubmitResult { Rejection = Rejection.Of(code, "Because.") });
        Answer answer = await gateway.PostAsync("jobs", Body);
        answer.Is(status, problem);
        Assert.Equal("Because.", answer.Text("detail"));
    }

    [Fact]
    public async Task Who_holds_a_unique_key_is_told()
    {
        Submitting(new SubmitResult { Rejection = Rejection.Of(RejectionCode.UniqueConflict, "Held."), Job = Make.Job(JobState.Processing) });
        Answer answer = await gateway.PostAsync("jobs", Body);
        answer.Is(409, "unique-conflict");
        Assert.Equal(Make.Id, answer.Text("job"));
    }

    [Fact]
    public async Task Who_has_an_idempotency_key_is_told()
    {
        Submitting(new SubmitResult { Rejection = Rejection.Of(RejectionCode.IdempotencyConflict, "Used.") with { Holder = Make.JobId } });
        Answer answer = await gateway.PostAsync("jobs", Body);
        answer.Is(422, "idempotency-conflict");
        Assert.Equal(Make.Id, answer.Text("job"));
    }

    [Fact]
    public async Task A_body_in_a_coding_is_415_with_what_is_taken()
    {
        Answer answer = await gateway.PostWithAsync("jobs", Body, "Content-Encoding", "gzip");
        answer.Is(415, "media-type");
        Assert.Equal("identity", answer.Headers.GetValues("Accept-Encoding").Single());
        Submitting(new SubmitResult { Job = Make.Job(JobState.Queued) });
        Assert.Equal(201, (await gateway.PostWithAsync("jobs", Body, "Content-Encoding", "identity")).Status);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_a_problem_as_any_other() => (await gateway.GetAsync($"jobs?task={new string('a', 9_000)}")).Is(414, "uri-too-long");

    [Fact]
    public async Task The_header_is_an_idempotency_key_too()
    {
        Submission? submitted = null;
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", args =>
        {
            submitted = ((IReadOnlyList<Submission>)args[1]!)[0];
            return new SubmitReply([new SubmitResult { Job = Make.Job(JobState.Queued) }]);
        });
        await gateway.PostAsync("jobs", Body, "\"k 1\"");
        Assert.Equal(("k 1", "client"), (submitted!.IdempotencyKey, submitted.Actor));
        await gateway.PostAsync("jobs", Body, "k 1");
        Assert.Equal("k 1", submitted.IdempotencyKey);
        await gateway.PostAsync("jobs", Body, """
            "a\"b\\c"
            """);
        Assert.Equal("""a"b\c""", submitted.IdempotencyKey);
        (await gateway.PostAsync("jobs", """{"task":"t","input":1,"idempotencyKey":"j"}""", "k")).Is(422, "invalid-field", "/idempotencyKey");
        (await gateway.PostAsync("jobs", Body, new string('k', 201))).Is(400, "malformed");
    }

    private void Submitting(SubmitResult result) => gateway.Grains.On("ISubmissionGrain.SubmitAsync", new SubmitReply([result]));
}
