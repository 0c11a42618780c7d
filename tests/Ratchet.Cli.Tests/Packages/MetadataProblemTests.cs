using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Packages;

/// <summary>What is wrong in <c>metadata.json</c>, with its place.</summary>
public sealed class MetadataProblemTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("{", "metadata.json:1:2: is not valid JSON")]
    [InlineData("{\n  \"uuid\": \"x\",\n  oops\n}", "metadata.json:3:3: is not valid JSON")]
    [InlineData("{\n  \"ä\": oops\n}", "metadata.json:2:8: is not valid JSON")]
    [InlineData("{\"a\":1,\"a\":2}", "is not valid JSON: Duplicate property 'a'")]
    [InlineData("[]", "metadata.json:1:1: must be a JSON object.")]
    [InlineData("// no\n{}", "metadata.json:1:1: is not valid JSON")]
    public void Malformed_json_has_line_and_column(string metadata, string expected)
    {
        Assert.Contains(expected, Assert.Single(Problems(new TaskFixture().With("metadata.json", metadata))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uuid", "\"not-a-uuid\"", "`uuid` must be a UUID")]
    [InlineData("uuid", "\"00000000-0000-0000-0000-000000000000\"", "`uuid` must be a UUID")]
    [InlineData("uuid", "7", "`uuid` must be a text of 1 to 200 characters, not 7.")]
    [InlineData("version", "\"1.0\"", "`version` must be a version as of SemVer 2.0.0")]
    [InlineData("version", "\"v1.0.0\"", "`version` must be a version as of SemVer 2.0.0")]
    [InlineData("label", "\"\"", "`label` must be a text of 1 to 200 characters")]
    [InlineData("description", "null", "`description` must be a text of 1 to 10000 characters, not null.")]
    [InlineData("label", "\"\\ud800\"", "`label` must be a text")]
    public void A_wrong_required_key_is_named(string key, string value, string expected)
    {
        string good = TaskFixture.Metadata;
        int start = good.IndexOf($"\"{key}\":", StringComparison.Ordinal);
        int end = good.IndexOf('"', start + key.Length + 4) + 1;
        string problem = Assert.Single(Problems(new TaskFixture().With("metadata.json", $"{good[..start]}\n \"{key}\":{value}{good[end..]}")));
        Assert.StartsWith($"metadata.json:2:2: {expected}", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\":\"a b\"", "`name` may hold ASCII letters")]
    [InlineData("\"name\":\"-a\"", "`name` may hold ASCII letters")]
    [InlineData("\"name\":\"a/b\"", "`name` may hold ASCII letters")]
    [InlineData("\"name\":5", "`name` must be a text of 1 to 200 characters, not 5.")]
    [InlineData("\"execution\":{\"timeoutMS\":5}", "`execution.timeoutMS` is not a known key; did you mean `execution.timeoutMs`?")]
    [InlineData("\"execution\":{\"heap\":64}", "`execution.heap` is not a known key; did you mean `execution.heapMb`?")]
    [InlineData("\"execution\":5", "`execution` must be an object, not 5.")]
    [InlineData("\"execution\":{\"timeoutMs\":0}", "`execution.timeoutMs` must be a whole number from 1 to 3600000, not 0.")]
    [InlineData("\"execution\":{\"timeoutMs\":1.5}", "`execution.timeoutMs` must be a whole number from 1 to 3600000, not 1.5.")]
    [InlineData("\"execution\":{\"timeoutMs\":\"5s\"}", "`execution.timeoutMs` must be a whole number from 1 to 3600000, not \"5s\".")]
    [InlineData("\"execution\":{\"heapMb\":8}", "`execution.heapMb` must be a whole number from 16 to 1024, not 8.")]
    [InlineData("\"execution\":{\"context\":\"cold\"}", "`execution.context` must be \"warm\" or \"fresh\", not \"cold\".")]
    [InlineData("\"timeout\":3600001", "`timeout` must be a whole number from 1 to 3600000, not 3600001.")]
    [InlineData("\"timeout\":1,\"execution\":{\"timeoutMs\":2}", "`timeout` and `execution.timeoutMs` say different things; keep one of them.")]
    [InlineData("\"memory_limit\":\"128\"", "`memory_limit` must be a size from \"16MB\" to \"1024MB\", not \"128\".")]
    [InlineData("\"memory_limit\":\"2GB\"", "`memory_limit` must be a size from \"16MB\" to \"1024MB\", not \"2GB\".")]
    [InlineData("\"memory_limit\":128", "`memory_limit` must be a size from \"16MB\" to \"1024MB\", not 128.")]
    [InlineData("\"retry\":{\"maxAttempts\":101}", "`retry.maxAttempts` must be a whole number from 1 to 100, not 101.")]
    [InlineData("\"retry\":{\"attempts\":3}", "`retry.attempts` is not a known key; did you mean `retry.maxAttempts`?")]
    [InlineData("\"retry\":{\"initialDelayMs\":-1}", "`retry.initialDelayMs` must be a whole number from 0 to 86400000, not -1.")]
    [InlineData("\"retry\":{\"initialDelayMs\":50,\"maxDelayMs\":5}", "`retry.initialDelayMs` (50) is more than `retry.maxDelayMs` (5).")]
    [InlineData("\"retry\":{\"initialDelayMs\":600001}", "`retry.initialDelayMs` (600001) is more than `retry.maxDelayMs` (600000).")]
    [InlineData("\"retry\":{\"factor\":0.5}", "`retry.factor` must be a number from 1 to 10, not 0.5.")]
    [InlineData("\"retry\":{\"jitter\":\"yes\"}", "`retry.jitter` must be true or false, not \"yes\".")]
    [InlineData("\"retry\":{\"retryOn\":\"DataError\"}", "`retry.retryOn` must be a list of texts, not \"DataError\".")]
    [InlineData("\"retry\":{\"retryOn\":[\"A\",\"\"]}", "`retry.retryOn` must be a list of texts")]
    [InlineData("\"retry\":{\"retryOn\":[\"A\"],\"noRetryOn\":[\"A\"]}", "\"A\" is in `retry.retryOn` and in `retry.noRetryOn`.")]
    [InlineData("\"http\":{\"x\":1}", "`http.x` is not a known key; nothing is defined there yet.")]
    public void A_wrong_optional_key_is_named(string more, string expected)
    {
        string problem = Assert.Single(Problems(new TaskFixture().WithMetadata(more)));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Matches(@"^metadata\.json:1:\d{3,}: ", problem);
    }

    [Fact]
    public void A_folder_whose_name_cannot_be_a_tasks_needs_one_in_the_metadata()
    {
        Assert.Contains("the folder's name \"my task\" does not fit", Assert.Single(Problems(new TaskFixture(), "my task")), StringComparison.Ordinal);
        Assert.Empty(Problems(new TaskFixture().WithMetadata("\"name\":\"my-task\""), "my task"));
    }

    [Theory]
    [InlineData("input.schema.json", "{\"type\":}", "input.schema.json:1:9: is not valid JSON")]
    [InlineData("output.schema.json", "\"x\"", "output.schema.json:1:1: must be a JSON Schema: an object, true or false.")]
    [InlineData("input.schema.json", null, "input.schema.json: is missing.")]
    [InlineData("main.js", null, "main.js: is missing.")]
    public void The_other_files_are_checked(string file, string? content, string expected)
    {
        Assert.StartsWith(expected, Assert.Single(Problems(new TaskFixture().With(file, content))), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_its_place()
    {
        string folder = new TaskFixture().WriteTo(temp.Join("double"));
        File.WriteAllBytes(Path.Join(folder, "main.js"), [.. "// é\n// "u8, 0xE9, .. "\n"u8]);
        Assert.Equal("main.js:2:4: is not UTF-8 text from here on.", Assert.Single(TaskPackageReader.Read(folder).Problems).ToString());
    }

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("0.0.0", true)]
    [InlineData("1.2.3-rc.1+build.007", true)]
    [InlineData("1.0.0-x-y-z.--", true)]
    [InlineData("1.0.0+001", true)]
    [InlineData("01.0.0", false)]
    [InlineData("1.0.0-01", false)]
    [InlineData("1.0.0-", false)]
    [InlineData("1.0.0+", false)]
    [InlineData("1.0.0-a..b", false)]
    [InlineData("1.0.0.0", false)]
    [InlineData("1.0.0 ", false)]
    [InlineData("1.0.0-ä", false)]
    [InlineData("", false)]
    public void Versions_are_semantic(string version, bool valid) => Assert.Equal(valid, SemanticVersion.IsValid(version));

    private string[] Problems(TaskFixture task, string name = "double") =>
        [.. TaskPackageReader.Read(task.WriteTo(temp.Join(name))).Problems.Select(p => p.ToString())];
}
