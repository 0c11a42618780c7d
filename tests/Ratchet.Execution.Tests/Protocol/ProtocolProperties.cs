using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Execution.Tests.Sandboxes;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Protocol;

/// <summary>
/// Whatever one side of the pipe says, the other believes nothing: the node ends the process and gives each of its runs an outcome, the sandbox ends itself. The seed of what broke a property is printed;
/// <see cref="Liar"/> makes the same of it again.
/// </summary>
public sealed class ProtocolProperties : IDisposable
{
    private const int Parsed = 4_000;
    private const int Children = 40;
    private const int Sandboxes = 6;
    private const int MostFrames = 12;
    private const long MostBytesOfOne = 32L << 20;

    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-properties").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task ForAll(int cases, Action<int> holds) =>
        Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), holds)), TestContext.Current.CancellationToken);

    [Fact]
    public Task A_node_reads_anything_of_a_child_or_refuses_it() => ForAll(Parsed, seed =>
    {
        byte[] said = new Liar(seed).FromChild(MostFrames);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(said, FrameLimits.ToParentBytes, body => ChildEvent.Read(body));
        if (GC.GetAllocatedBytesForCurrentThread() - before > MostBytesOfOne) throw new InvalidOperationException($"{said.Length} bytes took more than {MostBytesOfOne} to read");
    });

    [Fact]
    public Task A_sandboxs_frames_are_read_or_refused() => ForAll(Parsed, seed => ReadAll(new Liar(seed).FromNode(MostFrames), FrameLimits.ToChildBytes, body =>
    {
        var from = new FrameReader(body);
        switch (from.Type())
        {
            case FrameType.Load: LoadFrame.Read(ref from); break;
            case FrameType.FetchReply: FetchReplyFrame.Read(ref from); break;
            case FrameType.Run: TraceFrame.ReadFrom(ref from); break;
        }
    }));

    /// <summary>In the right state: after its Hello the child waits until it is told to load a task, and only then lies. So what it says of the run that it has been given is looked at, too.</summary>
    [Fact]
    public async Task A_child_that_lies_when_it_has_a_run_costs_nobody_but_itself()
    {
        var random = new Random(20_261_124);
        int[] seeds = [.. Enumerable.Range(0, Children).Select(_ => random.Next())];
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            try
            {
                await RunAgainstAsync($"{seed}", new Liar(seed).FromChild(MostFrames));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        });
    }

    /// <summary>Numbers that overflow what is worked out with them ended the node's process once.</summary>
    [Theory]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue), InlineData(0, long.MaxValue, long.MinValue), InlineData(long.MaxValue, 0, -1)]
    public async Task A_result_with_impossible_times_is_a_result(long elapsed, long busy, long offset)
    {
        var writer = new FrameWriter();
        ResultFrame.Write(writer, 1, ResultStatus.Output, elapsed, busy, "7", null, [new LogLine(255, offset, "x")], null, new TraceDivergence("nobody asked", 1));
        RunOutcome outcome = await RunAgainstAsync($"times{offset}", writer.Written.ToArray(), PoolFixture.Patience);
        Assert.Equal("7", outcome.Text());
        Assert.Null(outcome.Divergence);
        Assert.InRange(Assert.Single(outcome.Log).Offset, 0, TimeSpan.FromDays(1).Ticks / TimeSpan.TicksPerMicrosecond);
        Assert.InRange(outcome.FinishedAt - outcome.StartedAt, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_log_that_is_longer_than_a_log_may_be_is_cut()
    {
        var writer = new FrameWriter();
        ResultFrame.Write(writer, 1, ResultStatus.Output, 1, 1, "7", null, [.. Enumerable.Range(0, 100).Select(i => new LogLine(1, i, new string('x', 50_000)))], null, null);
        RunOutcome outcome = await RunAgainstAsync("log", writer.Written.ToArray(), PoolFixture.Patience);
        Assert.InRange(outcome.Log.Sum(line => line.Message.Length), 1, Limits.LogBytes + 256);
    }

    /// <summary>A real sandbox, given frames that are damaged, out of order, or answers to calls that it never made.</summary>
    [Fact]
    public async Task A_sandbox_that_is_told_lies_ends()
    {
        var random = new Random(7);
        SandboxProgram program = SandboxProgram.Find(new SandboxOptions());
        for (int round = 0; round < Sandboxes; round++)
        {
            int seed = random.Next();
            using Process process = Process.Start(new ProcessStartInfo(program.Host, program.Assembly) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var patience = new CancellationTokenSource(PoolFixture.Patience);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token), output = process.StandardOutput.ReadToEndAsync(patience.Token);
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(new Liar(seed).FromNode(MostFrames));
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }
            await process.WaitForExitAsync(patience.Token);
            await output;
            Assert.True(process.ExitCode is ExitCodes.Closed or ExitCodes.Defect, $"seed {seed}: exit code {process.ExitCode}, {await errors}");
        }
    }

    private static void ReadAll(byte[] bytes, int mostBytes, ReadFrame read)
    {
        var stream = new FrameStream(new MemoryStream(bytes), mostBytes);
        try
        {
            while (stream.Fill()) while (stream.TryNext(out ReadOnlySpan<byte> body)) read(body);
        }
        catch (FrameException)
        {
            // What it is for.
        }
    }

    private delegate void ReadFrame(ReadOnlySpan<byte> body);

    /// <summary>A scheduler whose processes say Hello, wait until they are spoken to, say that the task is loaded and then <paramref name="said"/>. Whatever that is, the run has an end and so has the pool.</summary>
    /// <param name="timeout">How long the answer may take; short where a child may not answer at all.</param>
    private async Task<RunOutcome> RunAgainstAsync(string name, byte[] said, TimeSpan? timeout = null)
    {
        var hello = new FrameWriter();
        hello.Begin(FrameType.Hello);
        hello.Int32(FrameLimits.Version);
        hello.End();
        var loaded = new FrameWriter();
        LoadedFrame.Write(loaded, []);
        string path = Path.Combine(folder, name);
        await File.WriteAllBytesAsync($"{path}.hello", hello.Written.ToArray());
        await File.WriteAllBytesAsync($"{path}.said", [.. loaded.Written, .. said]);
        await File.WriteAllTextAsync($"{path}.sh", $"cat {path}.hello\nhead -c 5 >/dev/null\ncat {path}.said\nexec cat >/dev/null\n");
        var options = new SandboxOptions
        {
            Processes = 1, MaxProcesses = 1, StartTimeout = timeout ?? TimeSpan.FromSeconds(5), LoadTimeout = timeout ?? TimeSpan.FromSeconds(2), Grace = TimeSpan.FromMilliseconds(50),
        };
        using var metrics = new SandboxMetrics();
        var scheduler = new RunScheduler(options, new SandboxProgram("/bin/sh", $"{path}.sh"), TimeProvider.System, new FetchBridge(new Refusing(), NullLogger.Instance), metrics, NullLogger.Instance);
        var caretaker = new Caretaker(scheduler, TimeProvider.System);
        caretaker.Start();
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Submit(new PoolRun(TestTasks.Request(TestTasks.Package("function main() {}"), timeout: timeout ?? TimeSpan.FromMilliseconds(200)), (_, result) => outcome.SetResult(result), null));
        RunOutcome ended = await outcome.Task.WaitAsync(PoolFixture.Patience);
        await scheduler.StopAsync().WaitAsync(PoolFixture.Patience);
        caretaker.Stop();
        Assert.Equal(0, scheduler.InFlight);
        return ended;
    }

    private sealed class Refusing : IFetchBroker
    {
        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel) => throw new FetchException("NetworkError", "none");
    }
}
