using System.Net;
using System.Net.Sockets;

namespace Ratchet.Execution.Fetch;

/// <summary>Answers scripts' requests over HTTP. No cookies, no proxy of the environment, no credentials of the node.</summary>
public sealed class HttpFetchBroker : IFetchBroker, IDisposable
{
    private static readonly string[] Forbidden = ["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "keep-alive", "proxy-authorization", "proxy-connection", "expect"];

    private readonly FetchOptions options;
    private readonly FetchPolicy policy;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim slots;
    private readonly HttpMessageInvoker http;
    private readonly string userAgent = $"Ratchet/{typeof(HttpFetchBroker).Assembly.GetName().Version!.ToString(3)}";

    /// <exception cref="RatchetException">An option is out of its range.</exception>
    public HttpFetchBroker(FetchOptions options, TimeProvider time)
    {
        options.Validate();
        (this.options, this.time) = (options, time);
        policy = new FetchPolicy(options);
        slots = new SemaphoreSlim(options.Concurrent);
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = new PolicyConnector(policy).ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 64,
        });
    }

    public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            await slots.WaitAsync(both.Token);
            try
            {
                return await FollowAsync(request, both.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new FetchException("TimeoutError", $"{request.Method} {request.Url} was not answered within {options.Timeout.TotalSeconds} s.");
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as FetchException ?? new FetchException("NetworkError", $"{request.Method} {request.Url} failed: {Reason(e)}.");
        }
        catch (IOException e)
        {
            throw new FetchException("NetworkError", $"{request.Method} {request.Url} failed: {e.Message}");
        }
    }

    public void Dispose()
    {
        http.Dispose();
        slots.Dispose();
    }

    private async Task<FetchResponse> FollowAsync(FetchRequest request, CancellationToken cancel)
    {
        Uri url = Absolute(request.Url);
        (string method, ReadOnlyMemory<byte>? body) = (request.Method, request.Body);
        bool sameOrigin = true;
        for (int redirects = 0; ; redirects++)
        {
            policy.Check(url, request.Rules);
            using HttpRequestMessage message = Message(request, method, url, body, sameOrigin);
            using HttpResponseMessage response = await http.SendAsync(message, cancel);
            if (Target(response, url) is not { } next) return await AnswerAsync(response, url, cancel);
            if (redirects == options.Redirects) throw new FetchException("NetworkError", $"{request.Url} was redirected more than {options.Redirects} times.");
            sameOrigin &= Uri.Compare(url, next, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
            // Fetch standard, HTTP-redirect fetch, step 12: these become a GET without a body.
            if (response.StatusCode == HttpStatusCode.SeeOther || (method == "POST" && response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found))
            {
                if (method != "HEAD") method = "GET";
                body = null;
            }
            url = next;
        }
    }

    private static Uri? Target(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? Absolute(new Uri(from, location).AbsoluteUri) : null;

    private static Uri Absolute(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url : throw FetchPolicy.Refused($"'{text}' is not an absolute URL");

    private HttpRequestMessage Message(FetchRequest request, string method, Uri url, ReadOnlyMemory<byte>? body, bool sameOrigin)
    {
        HttpRequestMessage message;
        try
        {
            message = new HttpRequestMessage(HttpMethod.Parse(method), url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        }
        catch (FormatException)
        {
            throw new FetchException("NetworkError", $"'{method}' is not a method.");
        }
        if (body is { } bytes) message.Content = new ReadOnlyMemoryContent(bytes);
        foreach ((string name, string value) in request.Headers)
        {
            if (!sameOrigin && name.Equals("authorization", StringComparison.OrdinalIgnoreCase)) continue;
            Add(message, name, value);
        }
        if (!message.Headers.Contains("User-Agent")) message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) throw new FetchException("NetworkError", $"The header '{name}' has a line break in its value.");
        if (Array.Exists(Forbidden, forbidden => forbidden.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new FetchException("NetworkError", $"The header '{name}' cannot be set by a task.");
        // A request's header, or its content's; one that is neither is not a token.
        if (message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true) return;
        if (!name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)) throw new FetchException("NetworkError", $"'{name}' is not a header's name.");
    }

    private async Task<FetchResponse> AnswerAsync(HttpResponseMessage response, Uri url, CancellationToken cancel)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > options.ResponseBytes) throw new FetchException("NetworkError", $"The answer of {url} is larger than {options.ResponseBytes} bytes.");
            body.Write(buffer, 0, read);
        }
        KeyValuePair<string, string>[] headers = [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), value)))];
        return new FetchResponse((int)response.StatusCode, response.ReasonPhrase ?? "", headers, body.ToArray()) { Url = url.AbsoluteUri };
    }

    private static string Reason(HttpRequestException e) => e.InnerException is SocketException socket ? socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "host not found",
        _ => socket.Message,
    } : (e.InnerException ?? e).Message.TrimEnd('.');
}
