using Ratchet.Caching;
using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;
using Ratchet.Tasks;

namespace Ratchet.Cli.Tests.Packages;

public sealed class TaskPackageReaderTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_good_task_is_read_with_defaults_and_its_folders_name()
    {
        TaskReading reading = Read(new TaskFixture());

        Assert.Empty(reading.Problems);
        TaskPackage package = Assert.IsType<TaskPackage>(reading.Package);
        Assert.Equal(("double", "1.0.0", "Double", "Doubles."), (package.Name, package.Version, package.Label, package.Description));
        Assert.Equal(Guid.Parse(TaskFixture.Uuid), package.Uuid);
        Assert.Equal(new TaskExecutionOptions(), package.Execution);
        Assert.Equal(3, package.Retry.MaxAttempts);
        Assert.Equal(temp.Join("double"), package.Source);
        Assert.Equal(TaskFixture.Metadata, package.Metadata);
    }

    [Fact]
    public void Execution_and_retry_are_read()
    {
        TaskPackage package = Read(new TaskFixture().WithMetadata("""
            "name":"other.name_1-x","tags":["a"],"author":{"name":"x"},
            "execution":{"timeoutMs":1500,"context":"fresh","heapMb":64},
            "retry":{"maxAttempts":7,"initialDelayMs":10,"maxDelayMs":20,"factor":1.5,"jitter":false,"retryOn":["DataError"],"noRetryOn":["NetworkError"]},"http":{}
            """)).Package!;

        Assert.Equal("other.name_1-x", package.Name);
        Assert.Equal((TimeSpan.FromMilliseconds(1500), ContextMode.Fresh, 64), (package.Execution.Timeout, package.Execution.Context, package.Execution.HeapMb));
        Assert.Equal((7, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), 1.5, false),
            (package.Retry.MaxAttempts, package.Retry.InitialDelay, package.Retry.MaxDelay, package.Retry.Factor, package.Retry.Jitter));
        Assert.Equal(["DataError"], package.Retry.RetryOn);
        Assert.Equal(["NetworkError"], package.Retry.NoRetryOn);
    }

    [Fact]
    public void Limits_of_an_execution_are_read_and_absent_ones_are_the_nodes()
    {
        TaskLimits limits = Read(new TaskFixture().WithMetadata(
            "\"execution\":{\"cpuTimeMs\":250,\"arrayBufferMb\":8,\"outputBytes\":1000,\"logLines\":0,\"logBytes\":99,\"jsonDepth\":4}")).Package!.Execution.Limits!;
        Assert.Equal(new TaskLimits { CpuTime = TimeSpan.FromMilliseconds(250), ArrayBufferMb = 8, OutputBytes = 1_000, LogLines = 0, LogBytes = 99, JsonDepth = 4 }, limits);
        Assert.Null(Read(new TaskFixture().WithMetadata("\"execution\":{\"heapMb\":64}"), "plain").Package!.Execution.Limits);
        Assert.Contains("`execution.jsonDepth` must be a whole number from 1 to 512, not 513.",
            Assert.Single(Read(new TaskFixture().WithMetadata("\"execution\":{\"jsonDepth\":513}"), "deep").Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_has_its_time_and_its_key()
    {
        CachePolicy cache = Read(new TaskFixture().WithMetadata("\"cache\":{\"ttlMs\":90000,\"key\":[\"/a\",\"/b/0\"]}")).Package!.Execution.Cache!;
        Assert.Equal((TimeSpan.FromSeconds(90), "/a /b/0"), (cache.Ttl, string.Join(' ', cache.Key)));
        cache = Read(new TaskFixture().WithMetadata("\"cache\":{\"ttl\":\"2h\",\"key\":\"/a\"}"), "one").Package!.Execution.Cache!;
        Assert.Equal((TimeSpan.FromHours(2), "/a"), (cache.Ttl, Assert.Single(cache.Key)));
        Assert.Null(Read(new TaskFixture().WithMetadata("\"execution\":{\"codeGeneration\":true}"), "none").Package!.Execution.Cache);
        Assert.True(Read(new TaskFixture().WithMetadata("\"execution\":{\"codeGeneration\":true}"), "text").Package!.Execution.CodeGeneration);
        Assert.False(Read(new TaskFixture(), "plain").Package!.Execution.CodeGeneration);
    }

    [Theory]
    [InlineData("{}", "`cache.ttlMs` is missing")]
    [InlineData("{\"ttlMs\":0}", "`cache.ttlMs` must be a whole number from 1 to 2592000000, not 0.")]
    [InlineData("{\"ttl\":\"31d\"}", "`cache.ttl` must be a whole number with a unit")]
    [InlineData("{\"ttl\":\"10\"}", "`cache.ttl` must be a whole number with a unit")]
    [InlineData("{\"ttl\":\"1s\",\"ttlMs\":2000}", "`cache.ttl` and `cache.ttlMs` say different things")]
    [InlineData("{\"ttlMs\":1,\"key\":\"a\"}", "`cache.key` has \"a\", which is not a JSON Pointer")]
    [InlineData("{\"ttlMs\":1,\"key\":[]}", "`cache.key` must have 1 to 32 JSON Pointers, not 0")]
    [InlineData("{\"ttlMs\":1,\"keys\":\"/a\"}", "`cache.keys` is not a known key; did you mean `cache.key`?")]
    [InlineData("7", "`cache` must be an object, not 7.")]
    public void What_is_wrong_with_a_cache_is_told(string cache, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(new TaskFixture().WithMetadata($"\"cache\":{cache}")).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void The_originals_timeout_and_memory_limit_are_honoured()
    {
        TaskExecutionOptions execution = Read(new TaskFixture().WithMetadata("\"timeout\":30000,\"memory_limit\":\"256MB\"")).Package!.Execution;
        Assert.Equal((TimeSpan.FromSeconds(30), 256), (execution.Timeout, execution.HeapMb));
    }

    [Fact]
    public void The_digest_depends_on_the_four_files_and_not_on_tests_or_place()
    {
        string first = Read(new TaskFixture()).Package!.Digest;
        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, Read(new TaskFixture().With("tests/a.json", """{"input":{},"expected_output":{}}"""), "elsewhere").Package!.Digest);
        foreach (string file in TaskFileNames.Required)
        {
            TaskFixture changed = new();
            Assert.NotEqual(first, Read(changed.With(file, changed.Files[file] + "\n"), $"changed-{file}").Package!.Digest);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        TaskFixture marked = new();
        foreach (string file in TaskFileNames.Required) marked.With(file, "\uFEFF" + marked.Files[file]);
        TaskReading reading = Read(marked);
        Assert.Empty(reading.Problems);
        Assert.StartsWith("function", reading.Package!.MainJs, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        TaskReading reading = Read(new TaskFixture().With("metadata.json", "{\n  \"version\": 1,\n  \"retry\": { \"maxAttempts\": 0 }\n}").With("input.schema.json", "[]").With("main.js", null));
        Assert.Null(reading.Package);
        Assert.Equal(
            [
                "input.schema.json:1:1: must be a JSON Schema: an object, true or false.",
                "main.js: is missing.",
                "metadata.json:1:1: `description` is missing.",
                "metadata.json:1:1: `label` is missing.",
                "metadata.json:1:1: `uuid` is missing.",
                "metadata.json:2:3: `version` must be a text of 1 to 100 characters, not 1.",
                "metadata.json:3:14: `retry.maxAttempts` must be a whole number from 1 to 100, not 0.",
            ],
            reading.Problems.Select(p => p.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_place_without_a_task_is_a_problem_not_an_exception()
    {
        Assert.Contains("neither a folder nor a file", Assert.Single(TaskPackageReader.Read(temp.Join("nope")).Problems).Message, StringComparison.Ordinal);
        File.WriteAllText(temp.Join("a.txt"), "");
        Assert.Contains("neither a folder nor a .zip", Assert.Single(TaskPackageReader.Read(temp.Join("a.txt")).Problems).Message, StringComparison.Ordinal);
        Assert.Equal(4, TaskPackageReader.Read(Directory.CreateDirectory(temp.Join("empty")).FullName).Problems.Count);
    }

    private TaskReading Read(TaskFixture task, string name = "double") => TaskPackageReader.Read(task.WriteTo(temp.Join(name)));
}
