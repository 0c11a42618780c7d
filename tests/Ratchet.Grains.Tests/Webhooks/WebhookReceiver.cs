using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ratchet.Execution.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Tests.Webhooks;

/// <summary>A receiver on the loopback that keeps what it gets and answers what the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<Received> received = new();
    private readonly Task loop;

    public WebhookReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Url);
        listener.Start();
        loop = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What the next requests are answered with.</summary>
    public volatile int Status = 204;

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyList<Received> All => [.. received];

    public Task UntilAsync(int count) => SiloFixture.UntilAsync($"{count} requests have come", () => Task.FromResult(received.Count >= count));

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) await AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        string Header(string name) => context.Request.Headers[name] ?? "";
        received.Enqueue(new Received(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await reader.ReadToEndAsync()));
        try
        {
            context.Response.StatusCode = Status;
            await context.Response.OutputStream.WriteAsync(Status == 204 ? [] : Encoding.UTF8.GetBytes(new string('x', 5_000)));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // The sender reads no more than it keeps, and is gone.
        }
    }
}

internal sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>How many of its signatures are there, and whether the secret's is one of them.</summary>
    public (int Count, bool Signed) By(string secret)
    {
        Assert.True(WebhookSecret.TryParse(secret, out byte[] key));
        string[] all = Signature.Split(' ');
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, System.Globalization.CultureInfo.InvariantCulture));
        return (all.Length, all.Contains(WebhookSignature.Sign([key], Id, at, Encoding.UTF8.GetBytes(Body))));
    }
}
