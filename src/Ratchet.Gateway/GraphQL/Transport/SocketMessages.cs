using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>Reads and writes messages of a WebSocket: one at a time goes out, and none waits longer than a client may take.</summary>
internal sealed class SocketMessages(WebSocket socket, GraphQLOptions options, TimeProvider time, CancellationToken aborted) : IDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ArrayBufferWriter<byte> text = new();
    private Task reading = Task.CompletedTask;

    /// <summary>The next text message; null when the client has closed. It is not broken off but by the end of the connection.</summary>
    /// <exception cref="SocketClosing">It is too large, or is none.</exception>
    public Task<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        Task<ReadOnlyMemory<byte>?> next = ReadAsync();
        reading = next;
        return next;
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var message = new ArrayBufferWriter<byte>(512);
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(message.GetMemory(512), aborted);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType != WebSocketMessageType.Text) throw new SocketClosing(4400, "Messages must be text");
            message.Advance(part.Count);
            if (message.WrittenCount > GraphQLEndpoints.BodyBytes) throw new SocketClosing(1009, "The message is too large");
            if (part.EndOfMessage) return message.WrittenMemory;
        }
    }

    /// <exception cref="SendException">The client does not read, or has gone.</exception>
    public async Task SendAsync(string type, string? id, Action<Utf8JsonWriter>? payload)
    {
        using var patience = new CancellationTokenSource(options.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        bool mine = false;
        try
        {
            await turn.WaitAsync(either.Token);
            mine = true;
            text.ResetWrittenCount();
            Write(type, id, payload);
            await socket.SendAsync(text.WrittenMemory, WebSocketMessageType.Text, true, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            if (patience.IsCancellationRequested && !aborted.IsCancellationRequested) GraphQLMetrics.Dropped.Add(1);
            socket.Abort();
            throw new SendException("The client does not read what it is sent.", e);
        }
        finally
        {
            if (mine) turn.Release();
        }
    }

    /// <summary>Says why, and hears the client out until it closes too, for a moment: a connection that ends with something unread may take with it what was said last.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        using var patience = new CancellationTokenSource(ClosePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, either.Token);
            await reading.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(new byte[512].AsMemory(), either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    public void Dispose() => turn.Dispose();

    private void Write(string type, string? id, Action<Utf8JsonWriter>? payload)
    {
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        if (id is not null) json.WriteString("id", id);
        json.WriteString("type", type);
        if (payload is not null)
        {
            json.WritePropertyName("payload");
            payload(json);
        }

        json.WriteEndObject();
    }
}

/// <summary>The connection ends, with a code of graphql-transport-ws or of RFC 6455, section 7.4.1.</summary>
internal sealed class SocketClosing(int code, string reason) : Exception(reason)
{
    public int Code => code;
}
