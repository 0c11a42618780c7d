using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Ratchet.Cli.Tests.Debugging;

/// <summary>A debugger: speaks the Chrome DevTools Protocol over its WebSocket.</summary>
internal sealed class CdpClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly List<JsonElement> heard = [];
    private int lastId;

    /// <summary>Waits until the door is open, and goes in.</summary>
    public static async Task<CdpClient> ConnectAsync(int port, CancellationToken cancel)
    {
        using var http = new HttpClient();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                JsonElement targets = JsonElement.Parse(await http.GetByteArrayAsync(new Uri($"http://127.0.0.1:{port}/json"), late.Token));
                var client = new CdpClient();
                await client.socket.ConnectAsync(new Uri(targets[0].GetProperty("webSocketDebuggerUrl").GetString()!), late.Token);
                return client;
            }
            catch (HttpRequestException)
            {
                await timer.WaitForNextTickAsync(late.Token);
            }
        }
    }

    /// <summary>Calls a method and returns its result.</summary>
    public async Task<JsonElement> CallAsync(string method, object? parameters = null)
    {
        int id = ++lastId;
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } });
        await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        JsonElement answer = await UntilAsync(message => message.TryGetProperty("id", out JsonElement of) && of.GetInt32() == id);
        return answer.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException(answer.GetRawText());
    }

    /// <summary>The next event of that name, perhaps heard already.</summary>
    public async Task<JsonElement> EventAsync(string method, Func<JsonElement, bool>? which = null) =>
        (await UntilAsync(message => message.TryGetProperty("method", out JsonElement name) && name.GetString() == method && which?.Invoke(message.GetProperty("params")) != false))
        .GetProperty("params");

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> wanted)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            int at = heard.FindIndex(message => wanted(message));
            if (at >= 0)
            {
                JsonElement found = heard[at];
                heard.RemoveAt(at);
                return found;
            }

            heard.Add(await ReceiveAsync(late.Token));
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[64 << 10];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, cancel);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage) return JsonElement.Parse(text.ToString());
        }
    }
}
