using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Bench.Sandbox;

/// <summary>The pool as a node uses it: cold start, one run at a time, and as many as it takes, with the CPU that each side spends on a run.</summary>
internal static class PoolFigures
{
    private const string Main = "function main(input) { return { sum: input.a + input.b }; }";
    private const string Schema = """{"type":"object","properties":{"sum":{"type":"number"}},"required":["sum"]}""";
    private static readonly byte[] Input = Encoding.UTF8.GetBytes("""{"a":1,"b":2}""");

    public static async Task PrintAsync(int runs, SandboxOptions options)
    {
        using var broker = new HttpFetchBroker(new FetchOptions { PrivateNetworks = ["127.0.0.0/8"] }, TimeProvider.System);
        await using var pool = new SandboxPool(options, broker, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        long started = Stopwatch.GetTimestamp();
        await pool.StartAsync(CancellationToken.None);
        Console.WriteLine($"cold process until Hello         {Stopwatch.GetElapsedTime(started).TotalMilliseconds,8:0} ms (compiles the prelude, the validator and a task of its own)");
        await FirstAsync(pool, ContextMode.Warm, "first run of a task in a spare   ");
        await SequentialAsync(pool, ContextMode.Warm, 5_000, "one run at a time, warm          ");
        await SequentialAsync(pool, ContextMode.Fresh, 200, "one run at a time, fresh context ");
        await PipelinedAsync(pool, runs, ContextMode.Warm, "warm up");
        for (int i = 0; i < 3; i++) await PipelinedAsync(pool, runs, ContextMode.Warm, "pipelined, warm                  ");
        await PipelinedAsync(pool, runs / 100, ContextMode.Fresh, "pipelined, fresh contexts        ");
    }

    public static RunRequest Request(ContextMode mode, int variant = 0) => new()
    {
        Package = new TaskPackage
        {
            Name = "sum", Uuid = Guid.Empty, Version = "1", Label = "", Description = "", Digest = $"{mode}{variant}", Metadata = "{}", InputSchema = "true", OutputSchema = Schema, MainJs = Main,
            Execution = new TaskExecutionOptions { Context = mode }, Retry = new RetryPolicy(), Source = "bench",
        },
        Tenant = "bench",
        Execution = Guid.Empty,
        Input = Input,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static async Task FirstAsync(SandboxPool pool, ContextMode mode, string label)
    {
        double[] times = new double[9];
        for (int i = 0; i < times.Length; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await pool.RunAsync(Request(mode, i + 1), CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"{label}{times[times.Length / 2],8:0.00} ms (median; isolate, context, both compilations)");
    }

    private static async Task SequentialAsync(SandboxPool pool, ContextMode mode, int count, string label)
    {
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await pool.RunAsync(Request(mode), CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"{label}{times[count / 2],8:0} us p50, {times[count * 99 / 100],8:0} us p99");
    }

    private static async Task PipelinedAsync(SandboxPool pool, int runs, ContextMode mode, string label)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int left = runs;
        RunRequest request = Request(mode);
        using Process self = Process.GetCurrentProcess();
        TimeSpan parentBefore = self.TotalProcessorTime, childBefore = ChildTime(pool);
        long started = Stopwatch.GetTimestamp();
        // As a node does: never more on their way than the pool has room for.
        using var room = new SemaphoreSlim(2_000);
        for (int i = 0; i < runs; i++)
        {
            await room.WaitAsync();
            pool.Run(request, (_, outcome) =>
            {
                if (outcome.Failure is not null) throw new InvalidOperationException(outcome.Failure.Message);
                room.Release();
                if (Interlocked.Decrement(ref left) == 0) done.SetResult();
            }, null, CancellationToken.None);
        }
        await done.Task;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        double parent = (self.TotalProcessorTime - parentBefore).TotalMicroseconds / runs, child = (ChildTime(pool) - childBefore).TotalMicroseconds / runs;
        Console.WriteLine($"{label}{runs / seconds,8:0} runs/s, {child,6:0.0} us of child CPU and {parent,6:0.0} us of parent CPU a run");
    }

    internal static TimeSpan ChildTime(SandboxPool pool)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (int id in pool.ProcessIds)
        {
            using Process process = Process.GetProcessById(id);
            sum += process.TotalProcessorTime;
        }
        return sum;
    }
}
