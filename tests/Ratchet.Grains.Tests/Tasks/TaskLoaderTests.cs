using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Grains.Health;
using Ratchet.Grains.Tasks;
using Ratchet.Silo.Tasks;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests.Tasks;

/// <summary>The first look at the task sources, on a real silo.</summary>
[Collection("sqlite silo")]
public sealed class TaskLoaderTests(SqliteSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_does_not_answer_holds_up_nothing_and_is_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/late.zip";
        var log = new LinesLog();
        var readiness = new SiloReadiness();
        using var metrics = new TaskSourceMetrics();
        using var catalog = new TaskCatalog(silo.Services.GetRequiredService<TaskStorer>(), readiness, new TaskSources(), metrics, NullLogger<TaskCatalog>.Instance);
        var options = new TaskOptions { Sources = [Path.Join(Repository.Root, "samples", "tasks", "addition"), url], Watch = false, StartWait = TimeSpan.Zero, PrivateNetworks = ["127.0.0.1"] };
        // Its clock stands still: no time-out of the request makes anything ready.
        using var loader = new TaskLoader(
            silo.Grains, catalog, silo.Services.GetRequiredService<TaskStorer>(), metrics, readiness, Options.Create(options), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)), log);
        await loader.StartAsync(Cancel);
        using TcpClient client = await listener.AcceptTcpClientAsync(Cancel);
        await SiloFixture.UntilAsync("the silo is ready", () => Task.FromResult(readiness.IsRehearsed));
        Assert.Equal($"1 loaded; 1 source cannot be read: {url} has not answered yet.", readiness.Tasks);
        Assert.Equal([url], log.Late);

        // What it says in the end is taken all the same.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Cancel);
        await SiloFixture.UntilAsync("the answer is known", () => Task.FromResult(readiness.Tasks == $"1 loaded; 1 source cannot be read: {url} answered 503 Service Unavailable."));
        await loader.StopAsync(Cancel);
    }

    /// <summary>The sources that were said to be late.</summary>
    private sealed class LinesLog : ILogger<TaskLoader>
    {
        public List<string> Late { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 1110 && state is IReadOnlyList<KeyValuePair<string, object?>> values) Late.Add((string)values.First(v => v.Key == "Source").Value!);
        }
    }
}
