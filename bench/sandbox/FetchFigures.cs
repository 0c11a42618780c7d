using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Bench.Sandbox;

/// <summary>Executions that each wait for one HTTP answer: how many a second, and what one that waits takes of memory.</summary>
internal static class FetchFigures
{
    private const int Runs = 10_000;
    private const int Processes = 2;
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(50);

    public static async Task PrintAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using WebApplication server = builder.Build();
        server.Map("/", async http =>
        {
            await Task.Delay(Answer, TimeProvider.System, http.RequestAborted);
            http.Response.ContentLength = 2;
            await http.Response.Body.WriteAsync("{}"u8.ToArray(), http.RequestAborted);
        });
        await server.StartAsync();
        string url = server.Urls.First();

        // One host gets all of them here: with the default for a host (128) its turns would be measured, which are 128 / 50 ms at best.
        var fetch = new FetchOptions { PrivateNetworks = ["127.0.0.0/8"], ConcurrentPerHost = new FetchOptions().Concurrent };
        using var broker = new HttpFetchBroker(fetch, TimeProvider.System);
        await using var pool = new SandboxPool(new SandboxOptions { Processes = Processes, MaxProcesses = Processes }, broker, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        await pool.StartAsync(CancellationToken.None);
        RunRequest request = PoolFigures.Request(ContextMode.Warm) with
        {
            Package = PoolFigures.Request(ContextMode.Warm).Package with { Digest = "fetch", OutputSchema = "true", MainJs = "async function main(url) { return (await fetch(url)).status; }" },
            Input = Encoding.UTF8.GetBytes($"\"{url}\""),
        };
        for (int round = 1; round <= 4; round++)
        {
            long started = Stopwatch.GetTimestamp();
            // As a node does: never more on their way than the pool has room for.
            using var room = new SemaphoreSlim(1_024);
            var runs = new List<Task>(Runs);
            for (int i = 0; i < Runs; i++)
            {
                await room.WaitAsync();
                runs.Add(RunAsync());
            }

            await Task.WhenAll(runs);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Runs:#,0} executions that await one HTTP call of {Answer.TotalMilliseconds} ms, {Processes} processes, round {round}: {Runs / seconds:#,0}/s; sandboxes {Resident(pool):0} MiB, this process {Environment.WorkingSet >> 20} MiB"));

            async Task RunAsync()
            {
                RunOutcome outcome = await pool.RunAsync(request, CancellationToken.None);
                room.Release();
                if (outcome.Failure is { } failure) throw new InvalidOperationException($"{failure.Name}: {failure.Message}");
            }
        }
    }

    private static double Resident(SandboxPool pool) => pool.ProcessIds.Sum(id =>
        long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * (double)Environment.SystemPageSize) / (1 << 20);
}
