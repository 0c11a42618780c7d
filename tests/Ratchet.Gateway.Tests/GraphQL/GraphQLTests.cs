using System.Text;
using System.Text.Json;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Tests.GraphQL;

public sealed class GraphQLTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;

    public GraphQLTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
    }

    [Fact]
    public async Task A_list_with_what_it_leads_to_costs_one_call_for_each_kind_of_thing()
    {
        JobView[] jobs = [.. Enumerable.Range(1, 50).Select(i => Make.Job(JobState.Queued) with { Id = new JobId(Guid.CreateVersion7(GatewayStandIn.Now.AddSeconds(i))) })];
        gateway.Grains.On("IJobDirectoryGrain.ListAsync", new ListPage<JobView>(jobs, true, false, 70));
        gateway.Grains.On("IJobDirectoryGrain.GetExecutionsOfManyAsync", Array.Empty<ExecutionView>());
        gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(Ratchet.Tasks.TaskGate.Open));
        JsonElement data = (await QueryAsync("{ jobs(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { id state executions { outcome } taskDetails { name mode } } } }")).GetProperty("data").GetProperty("jobs");
        Assert.Equal((50, 70), (data.GetProperty("nodes").GetArrayLength(), data.GetProperty("totalCount").GetInt32()));
        Assert.Equal("ACTIVE", data.GetProperty("nodes")[0].GetProperty("taskDetails").GetProperty("mode").GetString());
        Assert.Equal(["IJobDirectoryGrain.ListAsync", "IJobDirectoryGrain.GetExecutionsOfManyAsync", "ITaskGrain.GetAsync"], gateway.Grains.Made.Select(m => m.Split(' ')[0]));
    }

    [Theory]
    [InlineData("{ node(id: 7) { id } nodes(ids: [7, -1, \"x\"]) { id } }")]
    [InlineData("{ job(id: 7) { id } execution(id: 12345678901234567890) { jobId } }")]
    public async Task A_whole_number_is_an_id_of_nothing_and_no_fault(string query)
    {
        JsonElement answer = await QueryAsync(query);
        Assert.DoesNotContain("internal", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_total_is_counted_only_when_it_is_asked_for()
    {
        var counted = new List<bool>();
        gateway.Grains.On("IJobDirectoryGrain.ListAsync", args => { counted.Add(((ListQuery<JobField>)args[1]!).Count); return new ListPage<JobView>([], false, false, null); });
        await QueryAsync("{ jobs { nodes { id } } }");
        await QueryAsync("{ jobs { totalCount } }");
        Assert.Equal([false, true], counted);
    }

    [Fact]
    public async Task Filters_and_orders_are_those_of_the_lists()
    {
        ListQuery<JobField>? asked = null;
        gateway.Grains.On("IJobDirectoryGrain.ListAsync", args => { asked = (ListQuery<JobField>)args[1]!; return new ListPage<JobView>([], false, false, null); });
        await QueryAsync("""{ jobs(filter: {state: {in: [FAILED, EXPIRED]}, or: [{task: {like: "mail"}}, {attempts: {gte: 3}}]}, sort: {field: CREATED_AT, direction: DESC}) { nodes { id } } }""");
        Assert.Equal(new ListSort<JobField>(JobField.CreatedAt, true), asked!.Sort);
        Assert.Equal(FilterKind.All, asked.Filter!.Kind);
        Assert.Equal([FieldValue.Of("FAILED"), FieldValue.Of("EXPIRED")], asked.Filter.Parts.Single(p => p.Kind == FilterKind.Condition).Values);
        Assert.Equal((FilterKind.Any, FilterOperator.Like), (asked.Filter.Parts[0].Kind, asked.Filter.Parts[0].Parts[0].Operator));
    }

    [Fact]
    public async Task A_job_is_submitted_as_REST_submits_it()
    {
        Submission? given = null;
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", args =>
        {
            given = ((IReadOnlyList<Submission>)args[1]!)[0];
            return new SubmitReply([new SubmitResult { Job = Make.Job(JobState.Queued) }]);
        });
        JsonElement answer = await QueryAsync(
            """mutation($input: JobInput!) { submitJob(input: $input) { existing job { jobId input } userErrors { code } } }""",
            """{"input":{"task":"addition","input":{"a":[1,2.5,"x",null]},"priority":"HIGH","delay":"90s","record":"ON_FAILURE"}}""");
        Assert.Equal(Make.Id, answer.GetProperty("data").GetProperty("submitJob").GetProperty("job").GetProperty("jobId").GetString());
        Assert.Equal(("addition", """{"a":[1,2.5,"x",null]}""", JobPriority.High, TimeSpan.FromSeconds(90)), (given!.Task, Encoding.UTF8.GetString(given.Input), given.Priority, given.Delay!.Value));
    }

    [Fact]
    public async Task What_is_wrong_with_an_input_is_a_user_error_with_its_path()
    {
        gateway.Grains.On("ISubmissionGrain.SubmitAsync", new SubmitReply([new SubmitResult { Rejection = new Rejection(RejectionCode.InvalidInput, "It does not match.", [new Ratchet.Tasks.SchemaError("/num1", "type", "must be number")]) }]));
        JsonElement error = (await QueryAsync("""mutation { submitJob(input: {task: "addition", input: {}}) { job { id } userErrors { code message path } } }""")).GetProperty("data").GetProperty("submitJob").GetProperty("userErrors")[0];
        Assert.Equal(("invalid-input", "must be number", """["input","num1"]"""), (error.GetProperty("code").GetString(), error.GetProperty("message").GetString(), error.GetProperty("path").GetRawText()));
    }

    [Fact]
    public async Task An_unforeseen_error_says_nothing_of_itself()
    {
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", _ => throw new RatchetException("secret of the database"));
        string text = (await QueryAsync($$"""{ job(id: "{{Make.Id}}") { id } }""")).GetRawText();
        Assert.Contains("\"code\":\"unavailable\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nothing }", "invalid-document")]
    [InlineData("{ jobs", "malformed")]
    [InlineData("{ jobs(first: 5000) { nodes { id } } }", "invalid-field")]
    [InlineData("{ jobs(after: \"nonsense\") { nodes { id } } }", "invalid-field")]
    [InlineData("{ jobs(first: 1000) { nodes { taskDetails { jobs(first: 1000) { nodes { id } } } } } }", "over-limit")]
    [InlineData("subscription { stats { nodes } }", "invalid-document")]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "over-limit")]
    public async Task Each_mistake_has_its_code(string query, string code) =>
        Assert.Equal(code, (await QueryAsync(query)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

    [Fact]
    public async Task A_GET_needs_a_header_and_changes_nothing()
    {
        Assert.Equal(403, (await gateway.GetAsync("/graphql?query={__typename}")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=mutation{pauseQueue(name:\"mails\"){userErrors{code}}}");
        request.Headers.Add("GraphQL-Preflight", "1");
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request);
        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Empty(gateway.Grains.Made);
    }

    [Fact]
    public async Task A_persisted_query_is_known_after_it_was_sent_once()
    {
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{__typename}"u8));
        string extensions = $$"""
            "extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{hash}}"} }
            """;
        string named = $"{{{extensions}}}";
        Assert.Contains("PersistedQueryNotFound", (await gateway.PostAsync("/graphql", named)).Body.GetRawText(), StringComparison.Ordinal);
        await gateway.PostAsync("/graphql", $"{{\"query\":\"{{__typename}}\",{extensions}}}");
        Assert.Equal("Query", (await gateway.PostAsync("/graphql", named)).Body.GetProperty("data").GetProperty("__typename").GetString());
    }

    [Fact]
    public async Task Entities_are_found_by_their_keys()
    {
        gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(Ratchet.Tasks.TaskGate.Open));
        JsonElement answer = await QueryAsync("query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Task { name } } _service { sdl } }", """{"r":[{"__typename":"Task","name":"addition"}]}""");
        Assert.Equal("""[{"__typename":"Task","name":"addition"}]""", answer.GetProperty("data").GetProperty("_entities").GetRawText());
    }

    [Fact]
    public async Task The_playground_asks_nobody_else()
    {
        using HttpResponseMessage page = await gateway.Http.GetAsync("/playground");
        Assert.StartsWith("default-src 'none'; script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using HttpResponseMessage script = await gateway.Http.GetAsync("/playground/app.js");
        Assert.True((await script.Content.ReadAsByteArrayAsync()).Length > 100_000);
    }

    private async Task<JsonElement> QueryAsync(string query, string variables = "{}") =>
        (await gateway.PostAsync("/graphql", $$"""{"query":{{JsonSerializer.Serialize(query)}},"variables":{{variables}}}""")).Body;
}
