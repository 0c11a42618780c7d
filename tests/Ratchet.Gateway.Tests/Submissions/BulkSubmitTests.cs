using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Tests.Submissions;

/// <summary>POST /jobs/bulk: an array or lines, each with a result of its own.</summary>
public sealed class BulkSubmitTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;
    private readonly List<int> chunks = [];

    public BulkSubmitTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", args =>
        {
            var submissions = (IReadOnlyList<Submission>)args[1]!;
            lock (chunks) chunks.Add(submissions.Count);
            return new SubmitReply([.. submissions.Select(ResultOf)]);
        });
    }

    [Fact]
    public async Task Each_item_of_an_array_has_its_result_in_its_place()
    {
        Answer answer = await gateway.PostAsync("jobs/bulk", """[{"task":"addition","input":{}},{"task":"none","input":{}},{"task":7},{"task":"known","input":[1,{"a":"]"}]},3]""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(["0 201", "1 404 unknown-task", "2 422 invalid-field", "3 200", "4 400 malformed"], answer.Body.EnumerateArray().Select(Shown));
        Assert.Equal("/task", answer.Body[2].GetProperty("problem").GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal([3], chunks);
    }

    [Fact]
    public async Task Lines_have_results_as_lines()
    {
        string[] results = await PostLinesAsync("""{"task":"addition","input":{}}""" + "\n\n  \r\n{\n" + """{"task":"none","input":{}}""" + "\r\n" + """{"task":"addition","input":1}""");
        Assert.Equal(["0 201", "1 400 malformed", "2 404 unknown-task", "3 201"], results.Select(line => Shown(JsonElement.Parse(line))));
    }

    [Fact]
    public async Task Chunks_have_a_thousand_jobs_at_most()
    {
        string[] results = await PostLinesAsync(string.Concat(Enumerable.Repeat("""{"task":"addition","input":{}}""" + "\n", 2_500)));
        Assert.Equal(2_500, results.Length);
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"{i} 201"), results.Select(line => Shown(JsonElement.Parse(line))));
        Assert.Equal(2_500, chunks.Sum());
        Assert.All(chunks, count => Assert.InRange(count, 1, Limits.SubmitBatch));
        Answer answer = await gateway.PostAsync("jobs/bulk", $"[{string.Join(',', Enumerable.Repeat("""{"task":"addition","input":{}}""", 1_001))}]");
        Assert.Equal((1_001, 1), (answer.Body.GetArrayLength(), chunks[^1]));
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_the_stream_with_its_problem()
    {
        string[] results = await PostLinesAsync("""{"task":"addition","input":{}}""" + "\n" + new string('x', Limits.InputBytes + (65 << 10)) + "\n" + """{"task":"addition","input":{}}""" + "\n");
        Assert.Equal(["0 201", "1 413 too-large"], results.Select(line => Shown(JsonElement.Parse(line))));
    }

    [Fact]
    public async Task What_cannot_be_asked_now_is_told_item_by_item()
    {
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", _ => throw new RatchetException("away"));
        Assert.Equal(["0 503 unavailable"], (await gateway.PostAsync("jobs/bulk", """[{"task":"addition","input":{}}]""")).Body.EnumerateArray().Select(Shown));
    }

    [Theory]
    [InlineData("""{"task":"addition","input":{}}""", 400, "malformed")]
    [InlineData("[1", 400, "malformed")]
    [InlineData("[] []", 400, "malformed")]
    [InlineData("", 400, "malformed")]
    public async Task An_array_that_cannot_be_read_submits_nothing(string body, int status, string code)
    {
        (await gateway.PostAsync("jobs/bulk", body)).Is(status, code);
        Assert.Empty(chunks);
    }

    [Fact]
    public async Task One_key_cannot_stand_for_many() => (await gateway.PostAsync("jobs/bulk", "[]", idempotencyKey: "k")).Is(400, "malformed");

    [Fact]
    public async Task Nothing_submits_nothing() => Assert.Equal("[]", (await gateway.PostAsync("jobs/bulk", "[]")).Body.GetRawText());

    private static SubmitResult ResultOf(Submission submission) => submission.Task switch
    {
        "none" => new SubmitResult { Rejection = Rejection.Of(RejectionCode.UnknownTask, "There is no such task.") },
        "known" => new SubmitResult { Job = Make.Job(JobState.Completed), Existing = true },
        _ => new SubmitResult { Job = Make.Job(JobState.Queued) },
    };

    private static string Shown(JsonElement result) =>
        $"{result.GetProperty("index")} {result.GetProperty("status")}{(result.TryGetProperty("problem", out JsonElement problem) ? " " + problem.GetProperty("type").GetString()!.Split(':')[^1] : "")}";

    private async Task<string[]> PostLinesAsync(string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using HttpResponseMessage response = await gateway.Http.PostAsync("jobs/bulk", content, TestContext.Current.CancellationToken);
        Assert.Equal((200, "application/x-ndjson"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
