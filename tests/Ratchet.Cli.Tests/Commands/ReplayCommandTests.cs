using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Commands;

/// <summary>Recording an execution that uses the network, and running it again without.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Calls = """
        async function main(input) {
          const headers = { authorization: 'Bearer the-token', 'x-page': '7' };
          const first = await fetch(`${input.url}/count`, { headers });
          const second = await fetch(`${input.url}/count`, { method: 'POST', body: { n: first.body.count } });
          console.log('asked twice');
          return { counts: [first.body.count, second.body.count] };
        }
        """;

    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_recording_replays_offline_with_the_same_output_and_no_secrets_in_it()
    {
        string recording = await RecordAsync(Calls);
        string har = File.ReadAllText(Path.Join(recording, "http.har"));
        Assert.DoesNotContain("the-token", har, StringComparison.Ordinal);
        Assert.DoesNotContain("the-cookie", har, StringComparison.Ordinal);
        Assert.Contains("\"7\"", har, StringComparison.Ordinal);
        Assert.Contains("asked twice", File.ReadAllText(Path.Join(recording, "log.ndjson")), StringComparison.Ordinal);

        RatchetResult result = await ReplayAsync(Calls, recording);
        result.Is(0, "{\"counts\":[1,2]}\n");
        Assert.EndsWith("the replay matches the recording: the same output, 2 HTTP calls.\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("counts:", "total: 3, counts:", "  /total: not expected, got 3\n")]
    [InlineData("n: first.body.count", "n: 9", "The replay leaves the recording at HTTP call 2: the task asked for POST ")]
    [InlineData("console.log('asked twice');", "throw new DataError('changed');", "the recorded execution completed, this one failed with DataError: changed")]
    [InlineData("const second = await fetch(`${input.url}/count`, { method: 'POST', body: { n: first.body.count } });", "const second = { body: { count: 2 } };", "At its call 3 the task ends, where the recorded run makes HTTP call 2.")]
    public async Task A_difference_is_exit_1_and_named(string before, string after, string expected)
    {
        string recording = await RecordAsync(Calls);
        RatchetResult result = await ReplayAsync(Calls.Replace(before, after, StringComparison.Ordinal), recording);
        Assert.Equal((1, true), (result.ExitCode, result.Error.Contains("error: the replay differs from the recording:", StringComparison.Ordinal)));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains("with other content than", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_execution_is_recorded_and_replayed_too()
    {
        const string Fails = "function main() { throw new DataError('no rows'); }";
        string task = new TaskFixture().With("main.js", Fails).With("input.schema.json", "true").WriteTo(temp.Join("counts"));
        (await RatchetProcess.RunAsync("run-once", "--from-fs", task, "--record", temp.Join("recordings"))).Fails(1, "recorded in ");
        string recording = Assert.Single(Directory.GetDirectories(temp.Join("recordings")));
        Assert.Contains("no rows", File.ReadAllText(Path.Join(recording, "failure.json")), StringComparison.Ordinal);
        (await ReplayAsync(Fails, recording)).Is(0, "");
        // The folder that --record was given will do while there is one in it.
        (await ReplayAsync(Fails, temp.Join("recordings"))).Is(0, "");
        await RatchetProcess.RunAsync("run-once", "--from-fs", task, "--record", temp.Join("recordings"));
        (await ReplayAsync(Fails, temp.Join("recordings"))).Fails(2, $"there are 2 recordings in {temp.Join("recordings")}; name one of them, such as ");
        Assert.Equal(1, (await ReplayAsync("function main() { return {}; }", recording)).ExitCode);
    }

    [Fact]
    public async Task A_recording_that_is_not_there_or_none_is_said_so()
    {
        string task = new TaskFixture().WriteTo(temp.Join("double"));
        (await RatchetProcess.RunAsync("replay", "--from-fs", task, "--recording", "/nope")).Fails(3, "there is no recording at '/nope'.");
        (await RatchetProcess.RunAsync("replay", "--from-fs", task, "--recording", task)).Fails(1, "is no recording: it has no recording.json.");
    }

    private async Task<string> RecordAsync(string js)
    {
        await using HttpStandIn http = await HttpStandIn.StartAsync();
        string task = new TaskFixture().With("main.js", js).With("input.schema.json", "true").WriteTo(temp.Join("counts"));
        RatchetResult result = await RatchetProcess.RunAsync("run-once", "--from-fs", task, "--input-json", $$"""{"url":"{{http.Url}}"}""", "--allow-network", "127.0.0.1", "--record", temp.Join("recordings"));
        result.Is(0, "{\"counts\":[1,2]}\n");
        string recording = Assert.Single(Directory.GetDirectories(temp.Join("recordings")));
        Assert.Contains($"recorded in {recording}\n", result.Error, StringComparison.Ordinal);
        return recording;
    }

    private Task<RatchetResult> ReplayAsync(string js, string recording)
    {
        string task = new TaskFixture().With("main.js", js).With("input.schema.json", "true").WriteTo(temp.Join("counts"));
        return RatchetProcess.RunAsync("replay", "--from-fs", task, "--recording", recording);
    }
}
