using System.Diagnostics;
using System.Net;
using System.Text;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests;

/// <summary>A real <c>ratchet serve</c>, a process of its own.</summary>
public sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder log = new();

    private Server(Process process, Uri url) => (this.process, Http) = (process, new HttpClient { BaseAddress = url });

    public HttpClient Http { get; }

    /// <summary>What the server's process has of the machine's memory now; its sandboxes are processes of their own.</summary>
    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public string Log
    {
        get
        {
            lock (log) return log.ToString();
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<Server> StartAsync(Database database, params (string Name, string Value)[] settings)
    {
        int port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = database.Folder };
        string tasks = Path.Combine(Repository.Root, "tests", "tasks");
        string samples = Path.Combine(Repository.Root, "samples", "tasks");
        foreach (string arg in new[] { Repository.Program, "serve", "--urls", $"http://127.0.0.1:{port}", "--data", Path.Combine(database.Folder, "data"), "--tasks", tasks, "--tasks", samples })
            start.ArgumentList.Add(arg);
        foreach ((string name, string value) in database.Environment.Select(e => (e.Key, e.Value)).Concat(settings)) start.Environment[name] = value;
        // The same for every start on this database: a node that comes back at its address replaces the dead one at once.
        start.Environment["RATCHET__Cluster__SiloPort"] = database.SiloPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["RATCHET__Cluster__GatewayPort"] = "0";
        // No test here asks how fast a sandbox is replaced, and each start would make one more.
        start.Environment["RATCHET__Sandbox__Spares"] = "0";
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var server = new Server(process, new Uri($"http://127.0.0.1:{port}"));
        process.OutputDataReceived += (_, line) => server.Append(line.Data);
        process.ErrorDataReceived += (_, line) => server.Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>SIGKILL to the server alone, as the OOM killer does it.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var bound = new CancellationTokenSource(StartPatience);
        await process.WaitForExitAsync(bound.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
        Http.Dispose();
    }

    private async Task UntilReadyAsync()
    {
        using var bound = new CancellationTokenSource(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready:\n{Log}");
            try
            {
                using HttpResponseMessage answer = await Http.GetAsync(new Uri("/readyz", UriKind.Relative), bound.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The server was not ready after {StartPatience}:\n{Log}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Append(string? line)
    {
        lock (log) log.AppendLine(line);
    }
}
