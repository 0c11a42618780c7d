using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Bench.Sandbox;

/// <summary>What the Web APIs cost a task that mentions them: its first run, and each run in a fresh context.</summary>
internal static class WebFigures
{
    private const int Rounds = 5, Runs = 500;

    private static readonly (string Label, string Code)[] Tasks =
    [
        ("none", "return input.a + input.b;"),
        ("btoa", "return btoa('a').length;"),
        ("TextEncoder", "return new TextEncoder().encode('a').length;"),
        ("Headers", "return [...new Headers({ a: 1 })].length;"),
        ("AbortController", "return new AbortController().signal.aborted;"),
        ("FormData, Blob", "const f = new FormData(); f.append('a', new Blob(['b'])); return f.has('a');"),
        ("URL, mentioned", "return 1; /* URL */"),
        ("URL, used", "return new URL('http://example.com/a?b=c').href;"),
        ("URL, international", "return new URL('http://ex\u00e4mple.com/').href;"),
    ];

    public static async Task PrintAsync()
    {
        using var broker = new HttpFetchBroker(new FetchOptions(), TimeProvider.System);
        await using var pool = new SandboxPool(new SandboxOptions { Processes = 1, MaxProcesses = 1 }, broker, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        await pool.StartAsync(CancellationToken.None);
        foreach ((string label, string code) in Tasks)
        {
            double first = await MedianAsync(pool, code, ContextMode.Warm, Rounds, fresh: true);
            TimeSpan before = PoolFigures.ChildTime(pool);
            double fresh = await MedianAsync(pool, code, ContextMode.Fresh, Runs, fresh: false);
            double cpu = (PoolFigures.ChildTime(pool) - before).TotalMilliseconds / Runs;
            Console.WriteLine($"{label,-20} first run of a task {first / 1_000,7:0.00} ms, a run in a fresh context {fresh / 1_000,6:0.00} ms and {cpu,6:0.00} ms of child CPU");
        }
    }

    private static async Task<double> MedianAsync(SandboxPool pool, string code, ContextMode mode, int count, bool fresh)
    {
        double[] times = new double[count];
        await pool.RunAsync(Request(code, mode, -1), CancellationToken.None);
        for (int i = 0; i < count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            RunOutcome outcome = await pool.RunAsync(Request(code, mode, fresh ? i : -1), CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (outcome.Failure is not null) throw new InvalidOperationException(outcome.Failure.Message);
        }
        Array.Sort(times);
        return times[count / 2];
    }

    private static RunRequest Request(string code, ContextMode mode, int variant) => new()
    {
        Package = new TaskPackage
        {
            Name = "web", Uuid = Guid.Empty, Version = "1", Label = "", Description = "", Digest = $"{code}{mode}{variant}", Metadata = "{}", InputSchema = "true", OutputSchema = "true",
            MainJs = $"function main(input) {{ {code} }}", Execution = new TaskExecutionOptions { Context = mode }, Retry = new RetryPolicy(), Source = "bench",
        },
        Tenant = "bench",
        Execution = Guid.Empty,
        Input = Encoding.UTF8.GetBytes("""{"a":1,"b":2}"""),
        Timeout = TimeSpan.FromSeconds(30),
    };
}
