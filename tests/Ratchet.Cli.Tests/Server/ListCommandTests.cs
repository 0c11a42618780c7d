using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

public sealed class ListCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Fact]
    public async Task Jobs_are_listed_a_line_each()
    {
        RatchetResult result = await RunAsync("job", "list", "--state", "completed", "--task", "a b", "--queue", "q", "--limit", "2");
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((0, 3), (result.ExitCode, lines.Length));
        Assert.Equal(["ID", "TASK", "VERSION", "STATE", "QUEUE", "PRIORITY", "ATTEMPTS", "CREATED", "FINISHED"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([ServerStandIn.JobId, "addition", "1.0.0", "FAILED", "default", "NORMAL", "1/3", "2026-11-23", "15:17:06.123Z"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("2 of 7 jobs; --limit shows more\n", result.Error);
        await RunAsync("job", "list", "--state", "failed,expired", "--state", "QUARANTINED");
        Assert.Contains("GET /api/v1/jobs?state=FAILED%2CEXPIRED%2CQUARANTINED&_start=0&_end=50 []", server.Requests);
        (await RunAsync("job", "list", "--state", "failed,gone")).Fails(2, "'GONE' is none.");
        Assert.Contains("GET /api/v1/jobs?state=COMPLETED&task=a%20b&queue=q&_start=0&_end=2 []", server.Requests);
    }

    [Fact]
    public async Task A_job_is_shown_with_its_executions_and_their_logs()
    {
        string output = (await RunAsync("job", "get", ServerStandIn.JobId)).Output;
        Assert.Contains("COMPLETED", output, StringComparison.Ordinal);
        Assert.Contains("""{"sum":15}""", output, StringComparison.Ordinal);
        Assert.Contains("500.0 ms", output, StringComparison.Ordinal);
        Assert.Contains("[info +1.5ms] hi\\u001b[2J", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        // What it says for itself.
        foreach (string own in new[] { "30s", "URGENT", "10/1m", "1d", "false", "exponential, 5 attempts, initialDelay 10s, maxDelay 1h, factor 2, jitter true, noRetryOn Timeout" })
            Assert.Contains($"  {own}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_and_yaml_are_what_the_server_sent()
    {
        JsonElement job = JsonElement.Parse((await RunAsync("job", "get", ServerStandIn.JobId, "-o", "json")).Output);
        Assert.Equal(15, job.GetProperty("output").GetProperty("sum").GetInt32());
        Assert.Equal(2, JsonElement.Parse((await RunAsync("job", "list", "-o", "json")).Output).GetArrayLength());
        (await RunAsync("task", "list", "-o", "yaml")).Is(0, "- name: addition\n  version: \"1.0.0\"\n  label: Addition\n  enabled: true\n  mode: ACTIVE\n  circuit:\n    state: OPEN\n  source: \"/tasks/addition\"\n");
    }

    [Fact]
    public async Task Tasks_are_listed_and_shown()
    {
        Assert.Contains("addition  1.0.0    true     ACTIVE  OPEN     Addition  /tasks/addition", (await RunAsync("task", "list")).Output, StringComparison.Ordinal);
        string shown = (await RunAsync("task", "show", "addition")).Output;
        Assert.Contains("""{"type":"object"}""", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("retry", shown, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 14:17:06.500Z", shown, StringComparison.Ordinal);
        Assert.Contains("OPEN until 2026-11-23 15:18:06.000Z", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_exit_3()
    {
        (await RunAsync("task", "show", "nope")).Fails(3, "error: There is no task 'nope'.");
        (await RunAsync("job", "get", "nope")).Fails(3, "error: There is no job nope.");
    }

    [Fact]
    public async Task Servers_that_cannot_work_are_exit_4()
    {
        (await RatchetProcess.RunAsync("task", "list", "--server", server.Url + "/html")).Fails(4, "is no Ratchet server: it did not send JSON.");
        (await RatchetProcess.RunAsync("task", "list", "--server", server.Url + "/busy")).Fails(4, "error: draining");
        (await RatchetProcess.RunAsync("task", "list", "--server", server.Url + "/broken")).Fails(1, "answered 500 Internal Server Error.");
    }

    [Fact]
    public async Task The_environment_names_the_server()
    {
        Dictionary<string, string> environment = new() { ["RATCHET_URL"] = server.Url };
        Assert.Equal(0, (await RatchetProcess.RunAsync(["task", "list"], null, environment)).ExitCode);
        (await RatchetProcess.RunAsync(["task", "list", "--server", "ftp://x"], null, environment)).Fails(2, "'ftp://x' is no server address");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_exit_4()
    {
        using System.Net.Sockets.Socket unused = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        unused.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        string url = $"http://127.0.0.1:{((System.Net.IPEndPoint)unused.LocalEndPoint!).Port}";
        (await RatchetProcess.RunAsync("job", "list", "--server", url)).Fails(4, $"error: no Ratchet server can be reached at {url} (Connection refused); 'ratchet serve' starts one.");
    }

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync([.. args, "--server", server.Url]);
}
