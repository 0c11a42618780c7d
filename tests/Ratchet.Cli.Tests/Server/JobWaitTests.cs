using System.Text.Json;
using Ratchet.Cli.Jobs;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Cli.Tests.Support;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Server;

/// <summary>What <c>job run</c> does when answers get lost, servers go away and people lose patience: one job, and its id is told.</summary>
public sealed class JobWaitTests : IAsyncLifetime
{
    private const string Accepted = $"job {ServerStandIn.JobId} was accepted and goes on; 'ratchet job get {ServerStandIn.JobId}' shows how\n";

    private readonly ServerStandIn server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_submit_has_a_key_of_its_own()
    {
        (await RunAsync("addition")).Is(0, $"{ServerStandIn.JobId}\n");
        (await RunAsync("addition")).Is(0, $"{ServerStandIn.JobId}\n");
        Assert.All(server.Keys, key => Assert.StartsWith("cli-", key, StringComparison.Ordinal));
        Assert.Equal(2, server.Keys.Distinct().Count());
    }

    [Theory]
    [InlineData()]
    [InlineData("--idempotency-key", "mine")]
    public async Task A_submit_whose_answer_is_lost_is_sent_again_with_its_key(params string[] args)
    {
        RatchetResult result = await RunAsync(["lost", .. args]);
        result.Is(0, $"{ServerStandIn.JobId}\n");
        Assert.Equal($"the answer to the submit was lost; it is sent again, with the same key\njob {ServerStandIn.JobId} is QUEUED\n", result.Error);
        Assert.Equal(2, server.Keys.Count);
        Assert.Single(server.Keys.Distinct());
        if (args.Length > 0) Assert.Equal("mine", server.Keys[0]);
    }

    /// <summary>The id is there before anything waits, and no second job is made for what the server did not wait for.</summary>
    [Fact]
    public async Task A_job_is_followed_by_repeating_its_submit_with_its_key()
    {
        RatchetResult result = await RunAsync("later", "--wait");
        result.Is(0, "{\"sum\":15}\n");
        Assert.Equal("", result.Error);
        Assert.Equal(["[]", "[wait=60]"], server.Requests.Take(2).Select(request => request.Split(' ')[2]));
        Assert.Single(server.Keys.Distinct());
    }

    /// <summary>After its end a repeat would make another.</summary>
    [Fact]
    public async Task A_job_that_was_there_already_is_looked_at_and_not_submitted_again()
    {
        (await RunAsync("holder", "--wait")).Is(0, "{\"sum\":15}\n");
        Assert.Single(server.Keys);
    }

    [Fact]
    public async Task A_wait_that_breaks_off_is_taken_up_again()
    {
        RatchetResult result = await RunAsync("restarts", "--wait");
        result.Is(0, "{\"sum\":15}\n");
        Assert.Equal("", result.Error);
        Assert.Equal(4, server.Keys.Count);
        Assert.Single(server.Keys.Distinct());
    }

    [Fact]
    public async Task A_server_that_stays_away_ends_the_wait_after_a_while()
    {
        using ApiClient client = new(new Uri($"http://127.0.0.1:{FreePort.Next()}/"), TimeProvider.System, FlagNames.None);
        HastyTime time = new();
        var wait = new JobWait(client, new JobSubmit(client, [], "key", time), time);
        JsonElement job = JsonElement.Parse("""{"id":"1","state":"QUEUED","idempotencyKey":"key"}""");
        CliException error = await Assert.ThrowsAsync<CliException>(() => wait.RunAsync(job, TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Unreachable, error.ExitCode);
        Assert.Equal(30, time.Waits);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_no_reason_to_wait_longer_than_was_asked()
    {
        using ApiClient client = new(new Uri($"http://127.0.0.1:{FreePort.Next()}/"), TimeProvider.System, FlagNames.None);
        HastyTime time = new();
        JsonElement job = JsonElement.Parse("""{"id":"1","state":"QUEUED","idempotencyKey":"key"}""");
        JsonElement last = await new JobWait(client, new JobSubmit(client, [], "key", time), time).RunAsync(job, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(("QUEUED", 5), (last.Shown("state"), time.Waits));
    }

    [Fact]
    public async Task A_submit_to_nobody_fails_at_once_and_leaves_nothing_in_doubt()
    {
        using ApiClient client = new(new Uri($"http://127.0.0.1:{FreePort.Next()}/"), TimeProvider.System, FlagNames.None);
        HastyTime time = new();
        JobSubmit submit = new(client, [], null, time);
        await Assert.ThrowsAsync<CliException>(() => submit.SendAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, null), (time.Waits, submit.Doubt));
    }

    [Theory]
    [InlineData(RatchetProcess.Interrupt, 130)]
    [InlineData(RatchetProcess.Terminate, 143)]
    public async Task A_signal_ends_the_waiting_and_tells_the_job(int signal, int exitCode)
    {
        RatchetResult result = await SignalAsync("waits", signal);
        result.Is(exitCode, "");
        Assert.Equal($"{Accepted}interrupted\n", result.Error);
    }

    [Fact]
    public async Task A_signal_before_the_answer_tells_how_to_find_out()
    {
        RatchetResult result = await SignalAsync("hold", RatchetProcess.Interrupt);
        result.Is(130, "");
        Assert.Equal($"whether the job was accepted is not known; the same command with '--idempotency-key {server.Keys[0]}' gives that job, or submits it\ninterrupted\n", result.Error);
    }

    private async Task<RatchetResult> SignalAsync(string task, int signal)
    {
        using RatchetProcess ratchet = RatchetProcess.Start("job", "run", task, "--wait", "--server", server.Url);
        await server.Held.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        ratchet.Signal(signal);
        return await ratchet.EndAsync();
    }

    private Task<RatchetResult> RunAsync(params string[] args) => RatchetProcess.RunAsync(["job", "run", .. args, "--server", server.Url]);

    /// <summary>Each wait is over at once, and took as long as it was to.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private TimeSpan now;

        public int Waits { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits++;
            now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
