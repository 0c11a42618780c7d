using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ratchet.Gateway.GraphQL.Transport;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Tests.Support;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>What is wrong with a request, and what is answered: the table of docs/guides/graphql.md.</summary>
public sealed class BadInputTests(GatewayStandIn gateway) : GraphTests(gateway)
{
    private const string New = "application/graphql-response+json", Legacy = "application/json";

    private static readonly BadRequest[] Table =
    [
        new("a body that is no JSON", 400, 400, "malformed") { Body = "query" },
        new("a body that is no JSON object", 400, 400, "malformed") { Body = "7" },
        new("a key that is there twice", 400, 400, "malformed") { Body = """{"query":"{ __typename }","query":"{ __typename }"}""" },
        new("no `query`", 400, 400, "malformed") { Body = "{}" },
        new("a `query` that is no string", 400, 400, "malformed") { Body = """{"query":7}""" },
        new("`variables` that are no object", 400, 400, "malformed") { Body = """{"query":"{ __typename }","variables":[1]}""" },
        new("an array without requests", 400, 400, "malformed") { Body = "[]" },
        new("an array with too many requests", 400, 400, "over-limit") { Body = $"[{string.Join(',', Enumerable.Repeat("""{"query":"{ __typename }"}""", 11))}]" },
        new("another content type, or none", 415, 415, "media-type") { Body = "{ __typename }", ContentType = "application/graphql" },
        new("a body that is compressed", 415, 415, "media-type") { Body = "{}", Header = ("Content-Encoding", "gzip") },
        new("a body that is too large", 413, 413, "too-large") { Body = new string(' ', GraphQLEndpoints.BodyBytes + 1) },
        new("an `Accept` that allows none of the answers", 406, 406, "not-acceptable") { Query = "{ __typename }", Accept = "text/html" },
        new("a method other than GET and POST", 405, 405, "method") { Query = "{ __typename }", Method = HttpMethod.Put },
        new("a GET without `GraphQL-Preflight`", 403, 403, "preflight-needed") { Query = "{ __typename }", Method = HttpMethod.Get },
        new("a mutation by GET", 405, 405, "method") { Query = """mutation { pauseQueue(name: "mails") { userErrors { code } } }""", Method = HttpMethod.Get, Header = ("GraphQL-Preflight", "1") },

        new("a document that cannot be parsed", 400, 200, "malformed") { Query = "{ jobs" },
        new("a document that is too large", 413, 200, "too-large") { Query = $"{{ __typename }} #{new string('x', 64 << 10)}" },
        new("a field that is not there", 400, 200, "invalid-document") { Query = "{ nothing }" },
        new("an argument that is not there", 400, 200, "invalid-document") { Query = "{ jobs(nothing: 1) { totalCount } }" },
        new("a field of an input that is not there", 400, 200, "invalid-document") { Query = """mutation { submitJob(input: {task: "addition", priorty: HIGH}) { existing } }""" },
        new("a literal of a wrong type", 400, 200, "invalid-document") { Query = """{ jobs(first: "ten") { totalCount } }""" },
        new("a literal that its scalar does not take", 400, 200, "invalid-document") { Query = """mutation { submitJob(input: {task: "addition", delay: "soon"}) { existing } }""" },
        new("a variable of a wrong type", 400, 200, "invalid-document") { Query = "query($n: Int) { jobs(first: $n) { totalCount } }", Variables = new { n = "ten" } },
        new("a variable that its scalar does not take", 400, 200, "invalid-document") { Query = "query($at: DateTime) { jobs(filter: {createdAt: {gte: $at}}) { totalCount } }", Variables = new { at = "tomorrow" } },
        new("a field of a variable's input that is not there", 400, 200, "invalid-document") { Query = "query($f: JobFilter) { jobs(filter: $f) { totalCount } }", Variables = new { f = new { stat = new { eq = "FAILED" } } } },
        new("a variable that is needed and not given", 400, 200, "invalid-document") { Query = "query($id: ID!) { job(id: $id) { id } }" },
        new("an `operationName` that the document does not have", 400, 200, "invalid-document") { Body = """{"query":"query A { __typename }","operationName":"B"}""" },
        new("several operations and no `operationName`", 400, 200, "invalid-document") { Query = "query A { __typename } query B { __typename }" },
        new("a subscription without an event stream or a WebSocket", 400, 200, "invalid-document") { Query = "subscription { stats { nodes } }" },
        new("a document that is too deep", 400, 200, "over-limit") { Query = $"{{ recording(id: \"x\") {string.Concat(Enumerable.Repeat("{ execution { recording ", 8))} {{ id }} {new string('}', 17)}" },
        new("a document with too many aliases", 400, 200, "over-limit") { Query = $"{{ {string.Join(' ', Enumerable.Range(0, 31).Select(i => $"a{i}: __typename"))} }}" },
        new("an operation that may cost too much", 400, 200, "over-limit") { Query = "{ jobs(first: 1000) { nodes { taskDetails { jobs(first: 1000) { nodes { id } } } } } }" },
        new("introspection of lists within lists", 400, 200, "over-limit") { Query = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }" },
        new("a `documentId` that is not registered", 404, 200, "not-found") { Body = """{"documentId":"none"}""" },
        new("a persisted query that is not known (any more)", 400, 200, "PERSISTED_QUERY_NOT_FOUND") { Body = PersistedAs("") },
        new("a persisted query that has another hash", 400, 200, "malformed") { Body = PersistedAs("\"query\":\"{ __typename }\",") },

        new("a cursor that is none of this list", 200, 200, "invalid-field") { Query = """{ jobs(after: "nonsense") { totalCount } }""" },
        new("a page that is too large", 200, 200, "invalid-field") { Query = "{ jobs(first: 1001) { totalCount } }" },
        new("`first` together with `last`", 200, 200, "invalid-field") { Query = "{ jobs(first: 1, last: 1) { totalCount } }" },
        new("the global id of another type", 200, 200, "not-found") { Query = $"{{ job(id: \"{Node("Task", "addition")}\") {{ id }} }}" },
        new("more than 100 `nodes`", 200, 200, "over-limit") { Query = $"{{ nodes(ids: [{string.Join(',', Enumerable.Repeat("\"x\"", 101))}]) {{ id }} }}" },
        new("an entity of a type that is none", 200, 200, "invalid-field") { Query = """{ _entities(representations: [{__typename: "Worker", name: "one"}]) { __typename } }""" },
        new("the server cannot answer now", 200, 200, "unavailable") { Query = "{ limits { totalCount } }" },

        new("an id that names nothing, in a query", 200, 200, null) { Query = $"{{ job(id: \"{Make.Id}\") {{ id }} }}", Data = """{"job":null}""" },
        new("a `node` id that names nothing", 200, 200, null) { Query = """{ node(id: "nonsense") { id } }""", Data = """{"node":null}""" },

        new("a task that is not there, in a mutation", 200, 200, "unknown-task") { Mutation = """submitJob(input: {task: "none", input: {}})""" },
        new("an input that does not match its task's schema", 200, 200, "invalid-input") { Mutation = """submitJob(input: {task: "addition", input: {}})""" },
        new("a field that REST would refuse", 200, 200, "invalid-field") { Mutation = """submitJob(input: {task: "addition"})""" },
        new("an id that names nothing, in a mutation", 200, 200, "not-found") { Mutation = $"cancelJob(id: \"{Make.Id}\")" },
        new("a state that does not allow it", 200, 200, "illegal-transition") { Mutation = $"retryJob(id: \"{Make.Id}\")" },
        new("an id that is taken", 200, 200, "schedule-conflict") { Mutation = """createSchedule(input: {id: "nightly", every: "1h", job: {task: "addition", input: {}}})""" },
        new("a `revision` that is over", 200, 200, "precondition-failed") { Mutation = """updateWebhook(id: "ci", patch: {concurrency: 1}, revision: 6)""" },
        new("a patch with a field that is not there", 200, 200, "invalid-field") { Mutation = """updateWebhook(id: "ci", patch: {concurency: 1})""" },
        new("a zip that is no Base64", 200, 200, "invalid-field") { Mutation = """uploadTask(input: {zip: "PK!"})""" },
        new("a task that is not valid", 200, 200, "invalid-task") { Mutation = """uploadTask(input: {zip: "UEsDBA=="})""" },
    ];

    private static string PersistedAs(string query) => "{" + query + "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + new string('0', 64) + "\"}}}";

    public static TheoryData<int, string> Rows => [.. Table.Select((bad, row) => new TheoryDataRow<int, string>(row, bad.What))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_mistake_has_its_status_and_code_whichever_media_type_is_taken(int row, string what)
    {
        BadRequest bad = Table[row];
        Answers();
        foreach ((string accept, int status) in new[] { (New, bad.Status), (Legacy, bad.LegacyStatus) })
        {
            using HttpRequestMessage request = bad.Request(accept);
            using HttpResponseMessage answer = await Gateway.Http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((what, status, bad.Code), (what, (int)answer.StatusCode, CodeOf(JsonElement.Parse(text), bad.Mutation is not null)));
            Assert.Equal(bad.Accept is not null || bad.Method == HttpMethod.Put ? "application/problem+json" : accept, answer.Content.Headers.ContentType!.MediaType);
            if (bad.Data is { } data) Assert.Equal(data, JsonElement.Parse(text).GetProperty("data").GetRawText());
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_guide_has_this_table()
    {
        string guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guides", "graphql.md"));
        string[] rows = [.. Table.Select(bad => $"| {bad.What} | {(bad.Status == bad.LegacyStatus ? bad.Status : $"{bad.Status}, {bad.LegacyStatus}")} | {(bad.Code is null ? "null, no error" : $"`{bad.Code}`{(bad.Mutation is null ? "" : " in `userErrors`")}")} |")];
        if (Environment.GetEnvironmentVariable("RATCHET_UPDATE_DOCS") == "1") await File.WriteAllLinesAsync(Path.Combine(Path.GetTempPath(), "graphql-table.md"), rows);
        Assert.Equal([], rows.Where(row => !guide.Contains(row + "\n", StringComparison.Ordinal)));
    }

    /// <summary>Of what the rows lead to.</summary>
    private void Answers()
    {
        Gateway.Grains.On("IJobDirectoryGrain.GetAsync", (object?)null);
        Gateway.Grains.On("ILimiterGrain.ListAsync", _ => throw new RatchetException("secret of the database"));
        Gateway.Grains.On("ISubmissionGrain.SubmitAsync", args => new SubmitReply([new SubmitResult
        {
            Rejection = ((IReadOnlyList<Submission>)args[1]!)[0].Task == "none" ? new Rejection(RejectionCode.UnknownTask, "There is no task 'none'.", []) : new Rejection(RejectionCode.InvalidInput, "It does not match.", [new SchemaError("/num1", "type", "must be number")]),
        }]));
        Gateway.Grains.On("IJobGrain.CancelAsync", (object?)null);
        Gateway.Grains.On("IJobGrain.RedriveAsync", _ => throw new IllegalTransitionException(Make.JobId, JobState.Completed, "redrive"));
        Gateway.Grains.On("IScheduleGrain.CreateAsync", _ => throw new ScheduleConflictException("There is another."));
        Gateway.Grains.On("IWebhookDirectoryGrain.GetAsync", new WebhookView
        {
            Tenant = "default", Definition = new WebhookDefinition { Id = "ci", Url = "https://hooks.example.com/ci" }, Revision = 7, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now,
        });
        Gateway.Grains.On("ITaskUploadGrain.UploadAsync", new TaskUploadReply(null, [new TaskUploadProblem("metadata.json", 0, 0, "It is missing.")]));
    }

    /// <summary>Null when nothing is wrong. A problem of HTTP itself has its code at the end of its type.</summary>
    private static string? CodeOf(JsonElement answer, bool mutation)
    {
        if (answer.TryGetProperty("type", out JsonElement type)) return type.GetString()!.Split(':')[^1];
        if (answer.TryGetProperty("errors", out JsonElement errors)) return errors[0].GetProperty("extensions").GetProperty("code").GetString();
        return mutation ? answer.GetProperty("data").GetProperty("m").GetProperty("userErrors")[0].GetProperty("code").GetString() : null;
    }

    /// <param name="Status">Of whoever takes the new media type.</param>
    /// <param name="LegacyStatus">Of whoever takes application/json.</param>
    private sealed record BadRequest(string What, int Status, int LegacyStatus, string? Code)
    {
        public HttpMethod Method { get; init; } = HttpMethod.Post;
        public string? Query { get; init; }
        public string? Mutation { get; init; }
        public object? Variables { get; init; }
        public string? Body { get; init; }
        public string ContentType { get; init; } = "application/json";
        public string? Accept { get; init; }
        public string? Data { get; init; }
        public (string Name, string Value)? Header { get; init; }

        public HttpRequestMessage Request(string accept)
        {
            string? document = Mutation is null ? Query : $"mutation {{ m: {Mutation} {{ userErrors {{ code }} }} }}";
            bool get = Method == HttpMethod.Get;
            var request = new HttpRequestMessage(Method, get ? $"/graphql?query={Uri.EscapeDataString(document!)}" : "/graphql");
            if (!get) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body ?? JsonSerializer.Serialize(new { query = document, variables = Variables }))) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
            request.Headers.Accept.ParseAdd(Accept ?? accept);
            // A body that is refused by its length alone is then not sent at all.
            request.Headers.ExpectContinue = true;
            if (Header is { } header && !request.Headers.TryAddWithoutValidation(header.Name, header.Value)) request.Content!.Headers.TryAddWithoutValidation(header.Name, header.Value);
            return request;
        }
    }
}
