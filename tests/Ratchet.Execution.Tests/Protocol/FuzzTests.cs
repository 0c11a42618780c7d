using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Execution.Tests.Sandboxes;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Protocol;

/// <summary>Either side of the pipe against a partner that sends anything.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-fuzz").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class NoBroker : IFetchBroker
    {
        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel) => throw new FetchException("NetworkError", "none");
    }

    /// <summary>A scheduler whose processes are <c>cat file</c>: they say what stands in the file, whatever they are told.</summary>
    private static async Task<RunOutcome> RunAgainstAsync(string file)
    {
        var options = new SandboxOptions { Processes = 1, MaxProcesses = 1, StartTimeout = TimeSpan.FromSeconds(2) };
        using var metrics = new SandboxMetrics();
        var scheduler = new RunScheduler(options, new SandboxProgram("/bin/cat", file), TimeProvider.System, new FetchBridge(new NoBroker(), NullLogger.Instance), metrics, NullLogger.Instance);
        var caretaker = new Caretaker(scheduler, TimeProvider.System);
        caretaker.Start();
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Submit(new PoolRun(TestTasks.Request(TestTasks.Package("function main() {}"), timeout: TimeSpan.FromSeconds(1)), (_, result) => outcome.SetResult(result), null));
        RunOutcome ended = await outcome.Task.WaitAsync(PoolFixture.Patience);
        await scheduler.StopAsync().WaitAsync(PoolFixture.Patience);
        caretaker.Stop();
        return ended;
    }

    private static void Hello(FrameWriter to)
    {
        to.Begin(FrameType.Hello);
        to.Int32(FrameLimits.Version);
        to.End();
    }

    public static TheoryData<string> Lies => ["noise", "hello, then noise", "hello, then results of runs that it was not given", "hello, then a log of a run that it was not given", "hello, then a frame of 2 GB", "hello twice", "an old version", "nothing"];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_child_that_lies_is_ended_and_the_run_is_lost(string lie)
    {
        var random = new Random(lie.Length);
        byte[] noise = new byte[5_000];
        random.NextBytes(noise);
        var writer = new FrameWriter();
        switch (lie)
        {
            case "noise": writer.Bytes(noise); break;
            case "hello, then noise": Hello(writer); writer.Bytes(noise); break;
            case "hello, then results of runs that it was not given":
                Hello(writer);
                for (int i = 0; i < 50; i++) ResultFrame.Write(writer, 1_000 + i, ResultStatus.Output, 1, 1, "1", null, null, null, null);
                break;
            case "hello, then a log of a run that it was not given":
                Hello(writer);
                LogFrame.Write(writer, 1_000, 1, [new LogLine(1, 1, "lies")]);
                break;
            case "hello, then a frame of 2 GB": Hello(writer); writer.Int32(int.MaxValue); break;
            case "hello twice": Hello(writer); Hello(writer); break;
            case "an old version":
                writer.Begin(FrameType.Hello);
                writer.Int32(0);
                writer.End();
                break;
        }
        string file = Path.Combine(folder, "lie.bin");
        await File.WriteAllBytesAsync(file, writer.Written.ToArray());
        RunOutcome outcome = await RunAgainstAsync(file);
        Assert.Equal(Jobs.FailureKind.WorkerLost, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task A_sandbox_that_is_told_nonsense_ends()
    {
        var random = new Random(7);
        SandboxProgram program = SandboxProgram.Find(new SandboxOptions());
        for (int round = 0; round < 6; round++)
        {
            var start = new ProcessStartInfo(program.Host, program.Assembly) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            byte[] nonsense = new byte[random.Next(1, 2_000)];
            random.NextBytes(nonsense);
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(nonsense);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }
            using var patience = new CancellationTokenSource(PoolFixture.Patience);
            Task errors = process.StandardError.ReadToEndAsync(patience.Token), output = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            await Task.WhenAll(errors, output);
            Assert.Equal(ExitCodes.Defect, process.ExitCode);
        }
    }
}
