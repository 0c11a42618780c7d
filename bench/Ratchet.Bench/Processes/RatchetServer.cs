using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Processes;

/// <summary><c>ratchet serve</c> on a database, as a user starts it, in a process of its own.</summary>
public sealed class RatchetServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    /// <summary>For bench/run.sh, which ends the server when this process could not.</summary>
    private static readonly string IdFile = Path.Combine(Path.GetTempPath(), "server.pid");

    private readonly Process process;

    private RatchetServer(Process process, Uri address, TimeSpan start) => (this.process, Address, Start) = (process, address, start);

    public Uri Address { get; }

    /// <summary>From the start of the process to the first 200 of /readyz.</summary>
    public TimeSpan Start { get; }

    public int ProcessId => process.Id;

    /// <exception cref="RatchetException">It does not get ready; the end of its log says why.</exception>
    public static async Task<RatchetServer> StartAsync(BenchDatabase database, CancellationToken cancel, params (string Name, string Value)[] settings)
    {
        cancel.ThrowIfCancellationRequested();
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Checkout.Built("Ratchet.Cli", "ratchet.dll"), "serve", "--urls", address.OriginalString, "--tasks", Checkout.Tasks])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in database.Environment) start.Environment[name] = value;
        foreach ((string name, string value) in settings) start.Environment[name] = value;
        long begin = TimeProvider.System.GetTimestamp();
        Process process = Process.Start(start) ?? throw new RatchetException("ratchet serve cannot be started.");
        var log = new LogTail(process);
        try
        {
            await File.WriteAllTextAsync(IdFile, $"{process.Id}", cancel);
            await ReadyAsync(process, address, cancel);
            return new RatchetServer(process, address, TimeProvider.System.GetElapsedTime(begin));
        }
        catch (Exception e)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
            if (e is OperationCanceledException && cancel.IsCancellationRequested) throw;
            throw new RatchetException($"ratchet serve did not get ready: {log.Text}", e);
        }
    }

    /// <summary>SIGTERM, and so a drain; SIGKILL if that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        using var bound = new CancellationTokenSource(StopPatience, TimeProvider.System);
        try
        {
            using (Process signal = Process.Start("kill", ["-TERM", $"{process.Id}"])) await signal.WaitForExitAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
        File.Delete(IdFile);
    }

    private static async Task ReadyAsync(Process process, Uri address, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (true)
        {
            if (process.HasExited) throw new RatchetException("it has ended.");
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), bound.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await timer.WaitForNextTickAsync(bound.Token);
        }
    }

    /// <summary>A port that nobody listens on now.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
