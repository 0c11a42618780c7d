using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

/// <summary>Queues, tasks, limits and workers.</summary>
public sealed class ControlCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Fact]
    public async Task Queues_are_listed_and_shown()
    {
        string[] lines = (await RunAsync("queue", "list")).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["NAME", "MODE", "QUEUED", "SCHEDULED", "RETRYING", "PROCESSING", "LIMIT"], Words(lines[0]));
        Assert.Equal(["mails", "PAUSED", "7", "0", "0", "0", "4", "at", "once,", "10/1m"], Words(lines[1]));
        string shown = (await RunAsync("queue", "get", "mails")).Output;
        Assert.Contains("gold=2.5", shown, StringComparison.Ordinal);
        Assert.Contains("FAILED", shown, StringComparison.Ordinal);
        Assert.Equal("PAUSED", JsonElement.Parse((await RunAsync("queue", "get", "mails", "-o", "json")).Output).GetProperty("mode").GetString());
    }

    [Theory]
    [InlineData("queue", "pause", "queues")]
    [InlineData("queue", "drain", "queues")]
    [InlineData("queue", "resume", "queues")]
    [InlineData("task", "pause", "tasks")]
    [InlineData("task", "resume", "tasks")]
    [InlineData("task", "disable", "tasks")]
    [InlineData("task", "enable", "tasks")]
    [InlineData("worker", "drain", "workers")]
    [InlineData("worker", "resume", "workers")]
    public async Task Verbs_reach_the_server(string noun, string verb, string collection)
    {
        RatchetResult result = await RunAsync(noun, verb, "a b");
        // A queue is there from now on; a slip of the fingers would look the same.
        Assert.Equal((0, noun == "queue" ? "note: there was no queue 'a b' before\n" : ""), (result.ExitCode, result.Error));
        Assert.Contains("MODE", result.Output, StringComparison.Ordinal);
        Assert.Contains($"POST /api/v1/{collection}/a%20b/{verb} []", server.Requests);
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_told_with_the_one_that_was_meant()
    {
        Assert.Equal("note: there was no queue 'mail' before; did you mean 'mails'?\n", (await RunAsync("queue", "pause", "mail")).Error);
        Assert.Equal("note: there was no task 'adition' before; did you mean 'addition'?\n", (await RunAsync("limit", "set", "task", "adition", "--concurrency", "2")).Error);
        Assert.Equal("", (await RunAsync("limit", "set", "queue", "mails", "--concurrency", "2")).Error);
        (await RunAsync("job", "run", "adition")).Fails(3, "error: There is no task 'adition'; did you mean 'addition'?\n");
    }

    [Fact]
    public async Task A_task_is_deleted()
    {
        RatchetResult result = await RunAsync("task", "delete", "addition");
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("task addition is deleted", result.Error, StringComparison.Ordinal);
        Assert.Contains("DELETE /api/v1/tasks/addition []", server.Requests);
        (await RunAsync("task", "delete", "used")).Fails(1, "error: 2 jobs of task 'used' are not at an end.");
    }

    [Fact]
    public async Task A_tasks_cache_is_shown_and_purged()
    {
        string shown = (await RunAsync("task", "cache", "show", "a b")).Output;
        Assert.Equal([["task", "a", "b"], ["enabled", "true"], ["cache", """{"ttlMs":60000}"""], ["entries", "3"], ["hits", "20"], ["misses", "4"], ["waiting", "1"]], shown.Split('\n').Take(7).Select(Words));
        Assert.Equal(20, JsonElement.Parse((await RunAsync("task", "cache", "show", "a b", "-o", "json")).Output).GetProperty("hits").GetInt32());
        RatchetResult result = await RunAsync("task", "cache", "purge", "a b");
        Assert.Equal((0, "", "3 results of task a b are deleted\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Contains("DELETE /api/v1/tasks/a%20b/cache []", server.Requests);
    }

    [Fact]
    public async Task A_weight_of_1_is_no_setting()
    {
        RatchetResult result = await RunAsync("queue", "weight", "mails", "a/b", "2.5");
        result.Is(0, "");
        Assert.Equal("key 'a/b' of queue 'mails' has weight 2.5\n", result.Error);
        Assert.Contains("""PUT /api/v1/queues/mails/weights/a%2Fb [] {"weight":2.5}""", server.Requests);
        (await RunAsync("queue", "weight", "mails", "a/b", "1")).Is(0, "");
        Assert.Contains("DELETE /api/v1/queues/mails/weights/a%2Fb []", server.Requests);
        (await RunAsync("queue", "weight", "mails", "k", "0")).Fails(2, "WEIGHT must be above 0, up to 1000.");
    }

    [Fact]
    public async Task Limits_are_set_shown_and_deleted()
    {
        RatchetResult set = await RunAsync("limit", "set", "key", "a/b", "--concurrency", "2", "--rate", "10/1m");
        Assert.Equal(["key", "a/b", "2", "10/1m", "1", "4/10", "2026-11-23", "15:17:06.000Z", "mails"], Words(set.Output.Split('\n')[1]));
        Assert.Contains("""PUT /api/v1/limits/key/a%2Fb [] {"concurrency":2,"rate":{"count":10,"window":"1m"}}""", server.Requests);
        Assert.Contains("a/b", (await RunAsync("limit", "list")).Output, StringComparison.Ordinal);
        string shown = (await RunAsync("limit", "get", "key", "a/b")).Output;
        Assert.Contains("waiting queues", shown, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 15:17:06.000Z", shown, StringComparison.Ordinal);
        RatchetResult deleted = await RunAsync("limit", "delete", "KEY", "a/b");
        Assert.Equal((0, "the limit of KEY 'a/b' is deleted\n"), (deleted.ExitCode, deleted.Error));
        Assert.Contains("DELETE /api/v1/limits/key/a%2Fb []", server.Requests);
    }

    [Theory]
    [InlineData("a limit needs --concurrency, --rate or both", "set", "task", "t")]
    [InlineData("--concurrency must be from 1 to 1000000.", "set", "task", "t", "--concurrency", "0")]
    [InlineData("SCOPE must be key, queue or task.", "get", "worker", "w")]
    public async Task A_limit_that_makes_no_sense_is_exit_2(string message, params string[] args) => (await RunAsync(["limit", .. args])).Fails(2, message);

    [Fact]
    public async Task Workers_are_listed_and_shown()
    {
        Assert.Equal(["w1", "DRAINING", "3", "16", "2", "1.5", "GiB", "bubblewrap"], Words((await RunAsync("worker", "list")).Output.Split('\n')[1]));
        Assert.Contains("w1@7", (await RunAsync("worker", "get", "w1")).Output, StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync([.. args, "--server", server.Url]);
}
