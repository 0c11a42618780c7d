using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

public sealed class JobRunCommandTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Fact]
    public async Task With_wait_the_output_stands_alone_on_stdout()
    {
        (await RunAsync("addition", "--input", """{"num1":5,"num2":10}""", "--wait")).Is(0, "{\"sum\":15,\"name\":\"Größe\"}\n");
        Assert.Contains("""POST /api/v1/jobs [wait=60] {"task":"addition","input":{"num1":5,"num2":10}}""", server.Requests);
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{"num1":5,"num2":10}}""", server.Requests);
    }

    [Fact]
    public async Task Without_wait_the_id_stands_alone_on_stdout()
    {
        RatchetResult result = await RunAsync("addition");
        result.Is(0, $"{ServerStandIn.JobId}\n");
        Assert.Equal($"job {ServerStandIn.JobId} is QUEUED\n", result.Error);
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{}}""", server.Requests);
    }

    [Fact]
    public async Task Every_option_reaches_the_server()
    {
        await RunAsync("addition", "--input", "[1]", "--version", "1.2.3", "--priority", "critical", "--queue", "q", "--max-attempts", "7",
            "--run-at", "2030-01-02T03:04:05", "--idempotency-key", "k");
        Assert.Contains(
            """POST /api/v1/jobs [] {"task":"addition","input":[1],"version":"1.2.3","priority":"URGENT","queue":"q","maxAttempts":7,"runAt":"2030-01-02T03:04:05Z","idempotencyKey":"k"}""",
            server.Requests);
    }

    [Fact]
    public async Task A_job_opts_out_of_its_tasks_cache()
    {
        await RunAsync("addition", "--no-cache");
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{},"cache":false}""", server.Requests);
    }

    [Fact]
    public async Task Times_keys_and_policies_reach_the_server()
    {
        await RunAsync("addition", "--delay", "1h30m", "--deadline", "2030-01-02", "--expires-in", "90", "--attempt-timeout", "2.5", "--escalate-after", "5m", "--escalate-to", "high",
            "--fairness-key", "f", "--concurrency-key", "c", "--concurrency-limit", "3", "--rate-key", "r", "--rate", "100/1m", "--retention", "7d");
        Assert.Contains(
            """POST /api/v1/jobs [] {"task":"addition","input":{},"delay":"1h30m","deadline":"2030-01-02T00:00:00Z","expiresIn":"1m30s","timeout":"2s500ms","escalateAfter":"5m","escalateTo":"HIGH","""
            + """
              "fairnessKey":"f","concurrencyKey":"c","concurrencyLimit":3,"rateKey":"r","rateLimit":{"count":100,"window":"1m"},"retention":"7d"}
              """,
            server.Requests);
        await RunAsync("addition", "--unique", "u", "--unique-period", "1d", "--on-conflict", "Replace", "--debounce", "d", "--debounce-delay", "5s", "--debounce-max", "1m");
        Assert.Contains(
            """POST /api/v1/jobs [] {"task":"addition","input":{},"unique":{"key":"u","period":"1d","onConflict":"replace"},"debounce":{"key":"d","delay":"5s","maxDelay":"1m"}}""",
            server.Requests);
        await RunAsync("addition", "--retry-strategy", "linear", "--retry-initial-delay", "1s", "--retry-max-delay", "1m", "--retry-factor", "1.5", "--retry-jitter", "false",
            "--retry-max-elapsed", "1h", "--retry-on", "DataError", "--retry-on", "A", "--no-retry-on", "Timeout");
        Assert.Contains(
            """POST /api/v1/jobs [] {"task":"addition","input":{},"retry":{"strategy":"linear","initialDelay":"1s","maxDelay":"1m","factor":1.5,"jitter":false,"""
            + """
              "maxElapsed":"1h","retryOn":["DataError","A"],"noRetryOn":["Timeout"]}}
              """,
            server.Requests);
        await RunAsync("addition", "--retry-delays", "1s, 10,5m");
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{},"retry":{"delays":["1s","10s","5m"]}}""", server.Requests);
    }

    [Fact]
    public async Task The_input_may_come_from_a_file_or_stdin()
    {
        using TempFolder temp = new();
        File.WriteAllText(temp.Join("in.json"), """{"from":"file"}""");
        (await RunAsync("addition", "--input", "@" + temp.Join("in.json"))).Is(0, $"{ServerStandIn.JobId}\n");
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{"from":"file"}}""", server.Requests);
        (await RatchetProcess.RunAsync(["job", "run", "addition", "--input", "@-", "--server", server.Url], """{"from":"stdin"}""", [])).Is(0, $"{ServerStandIn.JobId}\n");
        Assert.Contains("""POST /api/v1/jobs [] {"task":"addition","input":{"from":"stdin"}}""", server.Requests);
    }

    [Fact]
    public async Task A_failed_job_is_exit_1_with_its_failure_on_stderr()
    {
        RatchetResult result = await RunAsync("fails", "--wait");
        result.Fails(1, "error: DataError: no rows");
        Assert.Contains("    at main (main.js:3:9)", result.Error, StringComparison.Ordinal);
        (await RunAsync("cancelled", "--wait")).Fails(1, $"error: job {ServerStandIn.JobId} is CANCELLED.");
    }

    [Fact]
    public async Task An_unfinished_job_is_exit_124()
    {
        (await RunAsync("later", "--wait", "--timeout", "0.001")).Fails(124, $"error: job {ServerStandIn.JobId} is still PROCESSING after 0.001 s; it was accepted and goes on, and 'ratchet job get {ServerStandIn.JobId}' shows how.");
        (await RunAsync("never", "--wait", "--timeout", "5")).Fails(3, "There is no job 0197c2a4-0000-7000-8000-000000000000.");
    }

    [Fact]
    public async Task Problems_become_sentences_and_exit_codes()
    {
        (await RunAsync("nope")).Fails(3, "error: There is no task 'nope'.");
        RatchetResult invalid = await RunAsync("invalid");
        invalid.Fails(2, "error: The input does not match the schema.\n  /num1: must be number\n  (the whole value): must have num2\n");
    }

    /// <summary>Once, and by the option that was typed.</summary>
    [Theory]
    [InlineData("past", "error: --run-at is 2020-01-01T00:00:00Z, which is in the past; leave it out.\n")]
    [InlineData("grouped", "error: --debounce-max must not be shorter than delay.\n")]
    [InlineData("keyed", "error: --concurrency-limit needs a --concurrency-key.\n")]
    [InlineData("schema", "error: It does not match.\n  --input /n: must be number\n  --input: must have m\n")]
    public async Task What_the_server_refuses_is_told_in_the_words_of_the_command_line(string task, string error)
    {
        RatchetResult result = await RunAsync(task);
        Assert.Equal((2, error), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("--input is not valid JSON at line 1, column 2", "--input", "{")]
    [InlineData("--input /nope cannot be read", "--input", "@/nope")]
    [InlineData("--timeout says how long --wait waits; add --wait.", "--timeout", "5")]
    [InlineData("--timeout must be from 0.001 to 86400 seconds.", "--wait", "--timeout", "0")]
    [InlineData("--priority must be low, normal, high or urgent.", "--priority", "soon")]
    [InlineData("--max-attempts must be from 1 to 100.", "--max-attempts", "0")]
    [InlineData("--run-at must be a time such as 2026-12-01T09:30:00Z.", "--run-at", "tomorrow")]
    [InlineData("--delay must be a duration such as 500ms, 90s, 1h30m or 2d, or a number of seconds.", "--delay", "soon")]
    [InlineData("--delay must be a duration", "--delay=-5")]
    [InlineData("--rate must be COUNT/WINDOW, such as 100/1m.", "--rate", "100")]
    [InlineData("--concurrency-limit must be from 1 to 1000000.", "--concurrency-limit", "0")]
    [InlineData("--on-conflict must be reject, existing or replace.", "--on-conflict", "ignore")]
    [InlineData("--unique-period is of no use without --unique.", "--unique-period", "1d")]
    [InlineData("--debounce-delay is of no use without --debounce.", "--debounce-delay", "1s")]
    [InlineData("--retry-jitter must be true or false.", "--retry-jitter", "no")]
    [InlineData("--retry-delays must be durations with commas between them, such as 1s,10s,5m.", "--retry-delays", "1s,x")]
    public async Task Mistakes_are_exit_2(string message, params string[] args) => (await RunAsync(["addition", .. args])).Fails(2, message);

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["job", "run", .. args, "--server", server.Url]);
}
