using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Callers;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema;
using Ratchet.Gateway.GraphQL.Transport;
using Ratchet.Gateway.Tests.Events;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>A client that does not read keeps nothing growing: it is told and dropped, and can go on where it was.</summary>
public sealed class SlowClientTests : IDisposable
{
    private const string Query = "subscription($after: String) { jobEvents(after: $after) { cursor } }";

    private readonly FeedStandIn feed = new();
    private readonly StandInLifetime lifetime = new();
    private readonly EventMetrics metrics = new();
    private readonly GraphEngine engine;
    private readonly GraphServices services;

    public SlowClientTests()
    {
        var hub = new EventHub(feed.Factory(), new EventFollower(feed.Factory(), lifetime, metrics, TimeProvider.System, NullLogger<EventFollower>.Instance), metrics, TimeProvider.System);
        engine = new GraphEngine(new SchemaOfGateway(hub, new()), new GraphQLOptions());
        services = new GraphServices(feed.Factory(), TimeProvider.System, NullLogger.Instance, lifetime.ApplicationStopping);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        lifetime.StopApplication();
        lifetime.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task Who_falls_behind_what_is_kept_is_told_where_he_was_and_misses_nothing_when_he_comes_again()
    {
        feed.Happen(1);
        var sent = new List<string>();
        var blocked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Task<GraphResult?> run = RunAsync("1-0", async cursor =>
        {
            sent.Add(cursor);
            // The first is read from the store, the second shows that he has caught up.
            if (sent.Count == 1) feed.Happen(1);
            if (sent.Count != 2) return;
            blocked.SetResult();
            await release.Task;
        }, Cancel);
        await blocked.Task.WaitAsync(Cancel);
        // While he takes his time more happens than is kept, which is all that there is of it here.
        int reads = feed.FollowerReads;
        feed.Happen(Limits.EventRing + (3 * Limits.EventRead));
        await UntilAsync(() => feed.FollowerReads >= reads + (Limits.EventRing / Limits.EventRead) + 3);
        release.SetResult();
        GraphResult refused = (await run)!;
        Assert.Equal(("too-slow", ("after", sent[1])), (refused.Problems[0].Code, refused.Problems[0].Extensions[0]));
        Assert.Equal(2, sent.Count);

        sent.Clear();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(refused.Problems[0].Extensions[0].Value, cursor =>
        {
            sent.Add(cursor);
            return sent.Count == 3 ? enough.CancelAsync() : Task.CompletedTask;
        }, enough.Token));
        Assert.Equal(["1-3", "1-4", "1-5"], sent.Take(3));
    }

    [Fact]
    public async Task Who_leaves_what_he_is_sent_unread_is_dropped()
    {
        var time = new FakeTimeProvider();
        var options = new GraphQLOptions { SendTimeout = TimeSpan.FromSeconds(7) };
        using var socket = WebSocket.CreateFromStream(new Unread(), new WebSocketCreationOptions { IsServer = true });
        using var messages = new SocketMessages(socket, options, time, Cancel);
        Task first = messages.SendAsync("next", "1", json => json.WriteNumberValue(1)), second = messages.SendAsync("next", "2", json => json.WriteNumberValue(2));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(first.IsCompleted || second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<SendException>(() => first);
        await Assert.ThrowsAsync<SendException>(() => second);
        Assert.Equal(WebSocketState.Aborted, socket.State);
    }

    private Task<GraphResult?> RunAsync(string after, Func<string, Task> send, CancellationToken cancel)
    {
        PreparedOperation operation = engine.Prepare(new GraphRequest(Query, null, new Dictionary<string, object?> { ["after"] = after }));
        return new SubscriptionRun(engine, services, new Caller("default", "client", "1"), null).RunAsync(operation, (_, cursor) => send(cursor!), null, cancel);
    }

    private static async Task UntilAsync(Func<bool> met)
    {
        while (!met()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
    }

    /// <summary>A connection whose other end has stopped reading.</summary>
    private sealed class Unread : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class StandInLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}
