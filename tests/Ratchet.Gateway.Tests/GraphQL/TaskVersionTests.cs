using System.Text.Json;
using Ratchet.Caching;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.GraphQL;

public sealed class TaskVersionTests(GatewayStandIn gateway) : GraphTests(gateway)
{
    private const string Fields = "version { id version current enabled } task { version } userErrors { code message path }";

    [Fact]
    public async Task Versions_and_promotions_of_a_task_are_listed_and_files_are_read_when_asked_for()
    {
        Gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open));
        Gateway.Grains.On("ITaskGrain.GetVersionsAsync", new[] { Make.Version("1.1.0").View, Make.Version("1.0.0", current: false).View with { Enabled = false } });
        Gateway.Grains.On("ITaskGrain.GetVersionAsync", args => Make.Version((string)args[0]!));
        Gateway.Grains.On("ITaskGrain.GetPromotionsAsync", args => new[] { new TaskPromotion(2, "1.1.0", "d2", PromotionKind.Promoted, $"limit {args[0]}", GatewayStandIn.Now) });
        JsonElement task = (await DataAsync("""{ task(name: "addition") { versions { version current enabled createdBy zipUrl } promotions(first: 7) { sequence kind version actor } } }""")).GetProperty("task");
        Assert.Equal("""{"version":"1.0.0","current":false,"enabled":false,"createdBy":"client","zipUrl":"/api/v1/tasks/addition/versions/1.0.0/zip"}""", task.GetProperty("versions")[1].GetRawText());
        Assert.Equal("""[{"sequence":2,"kind":"PROMOTED","version":"1.1.0","actor":"limit 7"}]""", task.GetProperty("promotions").GetRawText());
        Assert.DoesNotContain("ITaskGrain.GetVersionAsync", Calls);
        task = (await DataAsync("""{ task(name: "addition") { versions { inputSchema execution retry } } }""")).GetProperty("task");
        Assert.Equal("warm", task.GetProperty("versions")[0].GetProperty("execution").GetProperty("context").GetString());
        // One call a version, however many of its files' fields are asked for.
        Assert.Equal(2, Calls.Count(c => c == "ITaskGrain.GetVersionAsync"));
    }

    [Fact]
    public async Task A_version_is_found_by_name_and_by_its_global_id_and_the_current_one_without_a_name()
    {
        Gateway.Grains.On("ITaskGrain.GetVersionAsync", args => args[0] is "2.0.0" ? null : Make.Version(args[0] as string ?? "1.1.0"));
        JsonElement data = await DataAsync(
            """query($id: ID!) { a: taskVersion(task: "addition", version: "1.0.0") { id version } b: taskVersion(task: "addition") { version } c: taskVersion(task: "addition", version: "2.0.0") { version } node(id: $id) { ... on TaskVersion { version } } }""",
            new { id = Node("TaskVersion", "addition/1.0.0") });
        Assert.Equal(("1.0.0", "1.1.0", JsonValueKind.Null, "1.0.0"),
            (data.GetProperty("a").GetProperty("version").GetString(), data.GetProperty("b").GetProperty("version").GetString(), data.GetProperty("c").ValueKind, data.GetProperty("node").GetProperty("version").GetString()));
        Assert.Equal(Node("TaskVersion", "addition/1.0.0"), data.GetProperty("a").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("promoteTaskVersion(name: \"addition\", version: \"1.1.0\")", "ITaskGrain.PromoteAsync default/addition(1.1.0, client)")]
    [InlineData("enableTaskVersion(name: \"addition\", version: \"1.1.0\")", "ITaskGrain.EnableVersionAsync default/addition(1.1.0, True)")]
    [InlineData("disableTaskVersion(name: \"addition\", version: \"1.1.0\")", "ITaskGrain.EnableVersionAsync default/addition(1.1.0, False)")]
    [InlineData("rollBackTask(name: \"addition\", from: \"1.2.0\")", "ITaskGrain.RollBackAsync default/addition(1.2.0, client)")]
    public async Task A_version_is_changed_as_REST_changes_it(string mutation, string call)
    {
        foreach (string verb in new[] { "PromoteAsync", "EnableVersionAsync", "RollBackAsync" }) Gateway.Grains.On($"ITaskGrain.{verb}", (object?)null);
        Gateway.Grains.On("ITaskGrain.GetVersionAsync", args => Make.Version(args[0] as string ?? "1.1.0"));
        Gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open));
        JsonElement payload = (await DataAsync($"mutation {{ p: {mutation} {{ {Fields} }} }}")).GetProperty("p");
        Assert.Equal(("1.1.0", 0), (payload.GetProperty("version").GetProperty("version").GetString(), payload.GetProperty("userErrors").GetArrayLength()));
        Assert.Equal(call, Gateway.Grains.Made[0]);
    }

    [Fact]
    public async Task What_the_versions_state_does_not_allow_is_a_user_error()
    {
        Gateway.Grains.On("ITaskGrain.EnableVersionAsync", _ => throw new TaskVersionStateException(TaskVersionStateException.Current, "It is current."));
        Gateway.Grains.On("ITaskGrain.DeleteVersionAsync", _ => throw new UnknownTaskVersionException("addition", "3.0.0"));
        JsonElement data = await DataAsync("""
            mutation { disable: disableTaskVersion(name: "addition", version: "1.1.0") { userErrors { code } } delete: deleteTaskVersion(name: "addition", version: "3.0.0") { deletedId userErrors { code } } }
            """);
        Assert.Equal("""[{"code":"version-current"}]""", data.GetProperty("disable").GetProperty("userErrors").GetRawText());
        Assert.Equal("""{"deletedId":null,"userErrors":[{"code":"unknown-version"}]}""", data.GetProperty("delete").GetRawText());
    }

    [Fact]
    public async Task A_zip_is_uploaded_as_Base64()
    {
        TaskUpload? given = null;
        Gateway.Grains.On("ITaskUploadGrain.UploadAsync", args =>
        {
            given = (TaskUpload)args[1]!;
            return new TaskUploadReply(new StoredTask(Make.Version("1.1.0").View.Reference, true, false), []) { Version = Make.Version("1.1.0", current: false).View };
        });
        JsonElement payload = (await DataAsync("""mutation($zip: String!) { uploadTask(input: {zip: $zip, name: "addition", promote: NEVER}) { created version { version current } userErrors { code } } }""", new { zip = Convert.ToBase64String([80, 75, 3, 4]) })).GetProperty("uploadTask");
        Assert.Equal("""{"created":true,"version":{"version":"1.1.0","current":false},"userErrors":[]}""", payload.GetRawText());
        Assert.Equal(("504B0304", "addition", PromotionRule.Never, "client"), (Convert.ToHexString(given!.Zip), given.Name, given.Promotion, given.Actor));
    }

    [Fact]
    public async Task What_is_wrong_with_an_upload_names_file_line_and_column()
    {
        Gateway.Grains.On("ITaskUploadGrain.UploadAsync", new TaskUploadReply(null, [new TaskUploadProblem("main.js", 3, 7, "Unexpected token."), new TaskUploadProblem("metadata.json", 0, 0, "It is missing.")]));
        JsonElement errors = (await DataAsync("""mutation { uploadTask(input: {zip: "UEsDBA=="}) { created version { id } userErrors { code message path } } }""")).GetProperty("uploadTask").GetProperty("userErrors");
        Assert.Equal("""[{"code":"invalid-task","message":"main.js:3:7: Unexpected token.","path":["input","zip","main.js"]},{"code":"invalid-task","message":"metadata.json: It is missing.","path":["input","zip","metadata.json"]}]""", errors.GetRawText());
    }

    [Fact]
    public async Task A_server_that_takes_no_uploads_takes_none_here_either()
    {
        Gateway.Options.Uploads = false;
        try
        {
            JsonElement payload = (await DataAsync("""mutation { uploadTask(input: {zip: "UEsDBA=="}) { userErrors { code } } }""")).GetProperty("uploadTask");
            Assert.Equal("""[{"code":"uploads-off"}]""", payload.GetProperty("userErrors").GetRawText());
            Assert.Empty(Calls);
        }
        finally
        {
            Gateway.Options.Uploads = true;
        }
    }

    [Fact]
    public async Task A_tasks_cache_is_shown_and_purged()
    {
        Gateway.Grains.On("ITaskGrain.GetAsync", Make.Task(TaskGate.Open));
        Gateway.Grains.On("ITaskGrain.GetCacheAsync", new CacheView(new CachePolicy(TimeSpan.FromMinutes(5)) { Key = ["/num1"] }, 3, 20, 4, 1, null));
        Gateway.Grains.On("ITaskGrain.PurgeCacheAsync", 3);
        JsonElement cache = (await DataAsync("""{ task(name: "addition") { cache { enabled ttl key entries hits misses waiting purgedAt } } }""")).GetProperty("task").GetProperty("cache");
        Assert.Equal("""{"enabled":true,"ttl":"5m","key":["/num1"],"entries":3,"hits":20,"misses":4,"waiting":1,"purgedAt":null}""", cache.GetRawText());
        Assert.Equal(3, (await DataAsync("""mutation { purgeTaskCache(name: "addition") { deleted userErrors { code } } }""")).GetProperty("purgeTaskCache").GetProperty("deleted").GetInt32());
    }
}
