using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Webhooks;

/// <summary>
/// Makes single attempts over HTTP, under the policy of scripts' requests (<see cref="FetchPolicy"/>), which is asked with the URL and with the address that is
/// about to be connected to. Redirects are not followed: they would lead a signed body to where nobody has put it. No cookies, no proxy, no decompression.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly WebhookOptions options;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim slots;
    private readonly HttpMessageInvoker http;
    private readonly string userAgent = $"Ratchet-Webhooks/{typeof(WebhookSender).Assembly.GetName().Version!.ToString(3)}";

    /// <exception cref="RatchetException">An option is out of its range.</exception>
    public WebhookSender(FetchOptions fetch, WebhookOptions options, TimeProvider time)
    {
        options.Validate();
        (this.options, this.time) = (options, time);
        Policy = new FetchPolicy(fetch, "webhooks");
        slots = new SemaphoreSlim(options.Concurrent);
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = new PolicyConnector(Policy).ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            // What is not read of an answer is not worth reading: the connection is closed.
            MaxResponseDrainSize = 0,
        });
    }

    /// <summary>Where webhooks may lead.</summary>
    public FetchPolicy Policy { get; }

    /// <exception cref="OperationCanceledException"><paramref name="cancel"/>; whether the receiver has it is not known.</exception>
    public async Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancel)
    {
        await slots.WaitAsync(cancel);
        try
        {
            return await WithinTimeAsync(message, cancel);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        slots.Dispose();
    }

    private async Task<WebhookAnswer> WithinTimeAsync(WebhookMessage message, CancellationToken cancel)
    {
        DateTimeOffset at = time.GetUtcNow();
        long began = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            var url = new Uri(message.Url);
            Policy.Check(url, null);
            using HttpRequestMessage request = RequestOf(message, url, at);
            using HttpResponseMessage response = await http.SendAsync(request, both.Token);
            string text = await ReadStartAsync(response, both.Token);
            return new WebhookAnswer(at, (int)response.StatusCode, ErrorOf(response), time.GetElapsedTime(began), text, RetryAfter(response));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return NoAnswer($"There was no answer within {options.Timeout.TotalSeconds} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or FetchException)
        {
            return NoAnswer(Reason(e));
        }

        WebhookAnswer NoAnswer(string error) => new(at, null, error, time.GetElapsedTime(began), null, null);
    }

    private HttpRequestMessage RequestOf(WebhookMessage message, Uri url, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        request.Content = new ByteArrayContent(message.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", WebhookSignature.Timestamp(at));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Sign(message.Keys, message.Id, at, message.Body));
        return request;
    }

    private static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        byte[] start = new byte[Limits.WebhookResponseBytes];
        using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
        int read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        // PostgreSQL has no room for U+0000 in a text.
        return Encoding.UTF8.GetString(start, 0, read).Replace('\0', '\uFFFD');
    }

    private static string? ErrorOf(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 and var status => $"The receiver answered {status}; redirects are not followed.",
        var status => $"The receiver answered {status}.",
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Reason(Exception e) => e switch
    {
        FetchException refused => refused.Message,
        { InnerException: FetchException refused } => refused.Message,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "The connection was refused.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "The host was not found.",
        _ => $"The connection failed: {(e.InnerException ?? e).Message}",
    };
}
