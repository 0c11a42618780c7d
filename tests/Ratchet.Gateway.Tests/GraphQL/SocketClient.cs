using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Ratchet.Gateway.Tests.Support;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>A client of graphql-transport-ws that says exactly what a test tells it to.</summary>
internal sealed class SocketClient : IDisposable
{
    /// <summary>What has not come by then will not come; far beyond what a busy machine needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ClientWebSocket socket = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SocketClient> OpenAsync(GatewayStandIn gateway, string? protocol = "graphql-transport-ws")
    {
        var client = new SocketClient();
        if (protocol is not null) client.socket.Options.AddSubProtocol(protocol);
        await client.socket.ConnectAsync(new Uri($"ws://{gateway.Http.BaseAddress!.Authority}/graphql"), Cancel);
        return client;
    }

    /// <summary>As <see cref="OpenAsync"/>, past the acknowledgement.</summary>
    public static async Task<SocketClient> BeginAsync(GatewayStandIn gateway)
    {
        SocketClient client = await OpenAsync(gateway);
        await client.SayAsync("""{"type":"connection_init"}""");
        Assert.Equal("connection_ack", (await client.HearAsync()).GetProperty("type").GetString());
        return client;
    }

    public Task SayAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), type, true, Cancel);

    public Task SubscribeAsync(string id, string query) => SayAsync($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":{{{JsonSerializer.Serialize(query)}}}}}""");

    /// <summary>The next message; fails when the server closes instead.</summary>
    public async Task<JsonElement> HearAsync()
    {
        (string? text, int? code) = await ReadAsync();
        return text is not null ? JsonElement.Parse(text) : throw new InvalidOperationException($"The server closed with {code}.");
    }

    /// <summary>The code that the server closes with; fails when it says something instead.</summary>
    public async Task<int> CloseCodeAsync()
    {
        (string? text, int? code) = await ReadAsync();
        Assert.True(text is null, $"It should have closed, and said {text}.");
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        return code!.Value;
    }

    public void Dispose() => socket.Dispose();

    private async Task<(string? Text, int? Code)> ReadAsync()
    {
        using var text = new MemoryStream();
        byte[] part = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult read = await socket.ReceiveAsync(part, Cancel).WaitAsync(Patience, TimeProvider.System, Cancel);
            if (read.MessageType == WebSocketMessageType.Close) return (null, (int)read.CloseStatus!.Value);
            text.Write(part, 0, read.Count);
            if (read.EndOfMessage) return (Encoding.UTF8.GetString(text.ToArray()), null);
        }
    }
}
