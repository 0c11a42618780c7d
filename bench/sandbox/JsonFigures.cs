using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Bench.Sandbox;

/// <summary>What the size of an input costs: it is parsed, handed back, and held against a schema.</summary>
internal static class JsonFigures
{
    public static async Task PrintAsync()
    {
        using var broker = new HttpFetchBroker(new FetchOptions(), TimeProvider.System);
        await using var pool = new SandboxPool(new SandboxOptions { Processes = 1, MaxProcesses = 1 }, broker, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        await pool.StartAsync(CancellationToken.None);
        foreach ((int bytes, int runs) in new[] { (1_000, 2_000), (100_000, 200), (1_000_000, 40) })
        {
            RunRequest request = PoolFigures.Request(ContextMode.Warm) with
            {
                Package = PoolFigures.Request(ContextMode.Warm).Package with { Digest = "json", OutputSchema = "true", MainJs = "function main(input) { return { items: input.items.length }; }" },
                Input = Encoding.UTF8.GetBytes(Document(bytes)),
            };
            for (int i = 0; i < runs / 4; i++) await pool.RunAsync(request, CancellationToken.None);
            double[] times = new double[runs];
            for (int i = 0; i < runs; i++)
            {
                long started = Stopwatch.GetTimestamp();
                await pool.RunAsync(request, CancellationToken.None);
                times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            Array.Sort(times);
            Console.WriteLine($"input of {bytes,9:#,0} bytes of JSON     {times[runs / 2],8:0} us p50, {times[runs * 99 / 100],8:0} us p99");
        }
    }

    private static string Document(int bytes)
    {
        var text = new StringBuilder("{\"items\":[");
        for (int i = 0; text.Length < bytes - 60; i++) text.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":{i},\"name\":\"item {i}\",\"price\":{i * 0.25}}}");
        return text.Append("]}").ToString();
    }
}
