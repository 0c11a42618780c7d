using System.Net;
using System.Net.Sockets;
using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Tests.Jobs;

/// <summary>Logs that are followed, on a silo with real sandboxes.</summary>
public abstract class LogTests(SiloFixture silo)
{
    private const string Tenant = QueueKey.DefaultTenant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Follows on, and tells when a text has been said.</summary>
    private sealed class Follower(SiloFixture silo, JobId job, LogPlace after = default)
    {
        private readonly List<string> said = [];
        private readonly CancellationTokenSource leave = new(Patience);
        private (string Text, TaskCompletionSource Heard)? awaited;

        public LogPlace Place { get; private set; } = after;

        public IReadOnlyList<string> Said
        {
            get
            {
                lock (said) return [.. said];
            }
        }

        public Task HeardAsync(string text)
        {
            lock (said)
            {
                if (said.Contains(text)) return Task.CompletedTask;
                awaited = (text, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                return awaited.Value.Heard.Task.WaitAsync(Patience);
            }
        }

        public void Leave() => leave.Cancel();

        /// <summary>The state that the log ended with; null when the follower left.</summary>
        public async Task<JobState?> RunAsync()
        {
            try
            {
                await foreach (JobLogPart part in silo.Job(job).FollowLogAsync(Tenant, Place, leave.Token).WithCancellation(leave.Token))
                {
                    if (part.Last) return part.State;
                    if (part.Lines.Count == 0) continue;
                    Place = part.End;
                    lock (said)
                    {
                        said.AddRange(part.Lines.Select(line => $"{line.Level} {line.Message}"));
                        if (awaited is { } one && said.Contains(one.Text)) one.Heard.TrySetResult();
                    }
                }
            }
            catch (OperationCanceledException) when (leave.IsCancellationRequested)
            {
                // It has left.
            }

            return null;
        }
    }

    private async Task<(JobId Job, TcpListener Gate)> StandStillAsync(string more = "")
    {
        var gate = new TcpListener(IPAddress.Loopback, 0);
        gate.Start();
        JobId job = (await silo.SubmitAsync("chatty", $$"""{"url":"http://{{gate.LocalEndpoint}}/"{{more}}}""")).Job!.Id;
        return (job, gate);
    }

    /// <summary>Lets one request through.</summary>
    private static async Task AnswerAsync(TcpListener gate)
    {
        using TcpClient request = await gate.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await request.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }

    /// <summary>Whoever asks, until the gate is stopped. One whose process was ended has gone before it is answered, and holds up nobody behind it.</summary>
    private static async Task AnswerAllAsync(TcpListener gate)
    {
        while (gate.Server.IsBound)
        {
            try
            {
                await AnswerAsync(gate);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // The one who asked has gone, or the gate was stopped.
            }
        }
    }

    [Fact]
    public async Task Two_who_follow_a_job_through_a_retry_get_all_that_it_says_and_its_end()
    {
        (JobId job, TcpListener gate) = await StandStillAsync(""","failures":1""");
        using TcpListener door = gate;
        var one = new Follower(silo, job);
        Task<JobState?> first = one.RunAsync();
        await one.HeardAsync("info begun 1");
        Assert.Equal(JobState.Processing, (await silo.ReadAsync(job)).State);
        var other = new Follower(silo, job);
        Task<JobState?> second = other.RunAsync();
        await other.HeardAsync("info begun 1");
        await AnswerAsync(door);
        await one.HeardAsync("info begun 2");
        await AnswerAsync(door);
        Assert.Equal(JobState.Completed, await first);
        Assert.Equal(JobState.Completed, await second);
        Assert.Equal(["info begun 1", "error asked 1", "info begun 2", "error asked 2"], one.Said);
        Assert.Equal(one.Said, other.Said);
        JobView end = await silo.ReadAsync(job);
        Assert.Equal(one.Said, end.Executions.SelectMany(execution => execution.Log.Select(line => $"{line.Level} {line.Message}")));
    }

    [Fact]
    public async Task Who_is_cut_off_goes_on_where_it_was_whether_the_job_still_runs_or_has_ended()
    {
        (JobId job, TcpListener gate) = await StandStillAsync();
        using TcpListener door = gate;
        var cut = new Follower(silo, job);
        Task<JobState?> left = cut.RunAsync();
        await cut.HeardAsync("info begun 1");
        cut.Leave();
        Assert.Null(await left);
        var back = new Follower(silo, job, cut.Place);
        Task<JobState?> rest = back.RunAsync();
        await AnswerAsync(door);
        Assert.Equal(JobState.Completed, await rest);
        Assert.Equal(["error asked 1"], back.Said);
        var late = new Follower(silo, job, cut.Place);
        Assert.Equal(JobState.Completed, await late.RunAsync());
        Assert.Equal(["error asked 1"], late.Said);
        var whole = new Follower(silo, job);
        await whole.RunAsync();
        Assert.Equal(["info begun 1", "error asked 1"], whole.Said);
    }

    [Fact]
    public async Task Who_does_not_read_holds_up_nobody_and_misses_nothing()
    {
        (JobId job, TcpListener gate) = await StandStillAsync(""","flood":3000""");
        using TcpListener door = gate;
        using var patience = new CancellationTokenSource(Patience);
        IAsyncEnumerator<JobLogPart> slow = silo.Job(job).FollowLogAsync(Tenant, default, patience.Token).GetAsyncEnumerator(patience.Token);
        await using (slow)
        {
            Assert.True(await slow.MoveNextAsync());
            List<LogEntry> read = [.. slow.Current.Lines];
            var other = new Follower(silo, job);
            Task<JobState?> quick = other.RunAsync();
            await AnswerAsync(door);
            Assert.Equal(JobState.Completed, await quick);
            while (await slow.MoveNextAsync() && !slow.Current.Last) read.AddRange(slow.Current.Lines);
            Assert.Equal(Limits.LogLines + 1, read.Count);
            Assert.Equal(other.Said, read.Select(line => $"{line.Level} {line.Message}"));
        }
    }

    [Fact]
    public async Task A_job_that_uses_up_its_memory_keeps_what_it_said_until_then()
    {
        (JobId job, TcpListener gate) = await StandStillAsync(""","bomb":true""");
        using TcpListener door = gate;
        var follower = new Follower(silo, job);
        Task<JobState?> followed = follower.RunAsync();
        await follower.HeardAsync("info begun 1");
        // Beside others it is run again alone before it is blamed.
        Task answering = AnswerAllAsync(door);
        await SiloFixture.UntilAsync("the attempt has failed", async () => (await silo.ReadAsync(job)).Executions.Count > 0);
        ExecutionView lost = (await silo.ReadAsync(job)).Executions[0];
        Assert.Equal(FailureKind.OutOfMemory, lost.Failure!.Kind);
        Assert.Equal("begun 1", lost.Log[0].Message);
        await silo.Job(job).CancelAsync(Tenant, "test", null);
        Assert.Equal(JobState.Cancelled, await followed);
        door.Stop();
        await answering;
    }

    [Fact]
    public async Task A_job_that_nobody_has_has_no_log()
    {
        var follower = new Follower(silo, JobId.New(silo.Time));
        Assert.Null(await follower.RunAsync());
        Assert.Empty(follower.Said);
    }
}

[Collection("sqlite silo")]
public sealed class SqliteLogTests(SqliteSilo silo) : LogTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresLogTests(PostgresSilo silo) : LogTests(silo);
