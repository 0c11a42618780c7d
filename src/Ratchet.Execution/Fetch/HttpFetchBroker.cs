using System.Net;
using System.Net.Sockets;
using Ratchet.Execution.Fetch.Hosts;
using Ratchet.Execution.Fetch.Secrets;

namespace Ratchet.Execution.Fetch;

/// <summary>Answers scripts' requests over HTTP. No cookies, no proxy of the environment, no credentials of the node.</summary>
public sealed class HttpFetchBroker : IFetchBroker, IDisposable
{
    private static readonly string[] Forbidden = ["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "keep-alive", "proxy-authorization", "proxy-connection", "expect"];

    private readonly FetchOptions options;
    private readonly FetchPolicy policy;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim slots;
    private readonly HostGates hosts;
    private readonly FetchRetry retry;
    private readonly SecretReferences secrets;
    private readonly FetchMetrics metrics = new();
    private readonly HttpMessageInvoker http;
    private readonly string userAgent = $"Ratchet/{typeof(HttpFetchBroker).Assembly.GetName().Version!.ToString(3)}";

    /// <param name="secrets">Null for none.</param>
    /// <exception cref="RatchetException">An option is out of its range.</exception>
    public HttpFetchBroker(FetchOptions options, TimeProvider time, ISecretSource? secrets = null)
    {
        options.Validate();
        (this.options, this.time) = (options, time);
        policy = new FetchPolicy(options);
        slots = new SemaphoreSlim(options.Concurrent);
        hosts = new HostGates(options, time, metrics.Meter);
        retry = new FetchRetry(options, time, metrics.Retried);
        this.secrets = new SecretReferences(secrets ?? new NoSecrets());
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

    internal FetchMetrics Metrics => metrics;

    public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        metrics.Began();
        string outcome = "CANCELLED";
        int received = 0;
        try
        {
            FetchResponse response = await WithinLimitsAsync(request, FetchLimits.Of(options, request.Rules), cancel);
            (outcome, received) = (response.Status >= 500 ? "SERVER_ERROR" : "ANSWERED", response.Body.Length);
            return response;
        }
        catch (FetchException e)
        {
            outcome = e.ErrorName switch
            {
                FetchException.Timeout => "TIMEOUT",
                FetchException.Limit => "LIMIT",
                _ => "FAILED",
            };
            throw;
        }
        finally
        {
            metrics.Ended(outcome, time.GetElapsedTime(began), received);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        hosts.Dispose();
        slots.Dispose();
        metrics.Dispose();
    }

    private async Task<FetchResponse> WithinLimitsAsync(FetchRequest request, FetchLimits limits, CancellationToken cancel)
    {
        if (request.Number > limits.Calls) throw new FetchException(FetchException.Limit, $"An execution of this task can make {limits.Calls} requests.");
        if (!request.Use.TryAdd(request.Body?.Length ?? 0, limits.TotalBytes)) throw TooManyBytes(limits);
        SemaphoreSlim turns = request.Use.Slots(limits.Concurrent);
        await turns.WaitAsync(cancel);
        using var deadline = new CancellationTokenSource(limits.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            await slots.WaitAsync(both.Token);
            try
            {
                return await new Exchange(this, request, limits, both.Token).RunAsync();
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new FetchException(FetchException.Timeout, $"{request.Method} {request.Url} was not answered within {limits.Timeout.TotalSeconds} s.");
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as FetchException ?? new FetchException(FetchException.Network, $"{request.Method} {request.Url} failed: {Reason(e)}.");
        }
        catch (IOException e)
        {
            throw new FetchException(FetchException.Network, $"{request.Method} {request.Url} failed: {e.Message}");
        }
        finally
        {
            turns.Release();
        }
    }

    private static FetchException TooManyBytes(FetchLimits limits) =>
        new(FetchException.Limit, $"An execution of this task can send and receive {limits.TotalBytes} bytes of bodies.");

    /// <summary>One request with its redirects.</summary>
    private sealed class Exchange(HttpFetchBroker broker, FetchRequest request, FetchLimits limits, CancellationToken cancel)
    {
        private readonly IReadOnlyDictionary<string, Secret> secrets = broker.secrets.Find(SecretReferences.In(request), request.Task);
        private string method = request.Method;
        private ReadOnlyMemory<byte>? body = request.Body;
        private bool sameOrigin = true;
        private bool redirected;

        public async Task<FetchResponse> RunAsync()
        {
            try
            {
                return await FollowAsync();
            }
            catch (FetchException e) when (secrets.Count > 0 && e.ErrorName != FetchException.Configuration)
            {
                // A server may have put a secret into an address that it redirects to, in whatever form; that address is not shown.
                throw new FetchException(e.ErrorName, redirected ? $"{request.Url} was redirected to where a request of this task may not go." : SecretReferences.Hide(e.Message, secrets));
            }
        }

        private async Task<FetchResponse> FollowAsync()
        {
            Uri url = Absolute(request.Url);
            broker.policy.Check(url, request.Rules);
            url = Absolute(SecretReferences.Resolve(request.Url, secrets, url.IdnHost, Uri.EscapeDataString));
            for (int redirects = 0; ; redirects++)
            {
                broker.policy.Check(url, request.Rules);
                using HttpResponseMessage response = await SendAsync(url);
                redirected = Redirects(response);
                if (!redirected) return await AnswerAsync(response, url);
                Uri next = Target(response, url);
                if (redirects == broker.options.Redirects) throw new FetchException(FetchException.Network, $"{request.Url} was redirected more than {broker.options.Redirects} times.");
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

        private ValueTask<HttpResponseMessage> SendAsync(Uri url) =>
            broker.retry.SendAsync(method, again => broker.hosts.SendAsync(url, inner => OnceAsync(url, inner), again), cancel);

        private async ValueTask<HttpResponseMessage> OnceAsync(Uri url, CancellationToken inner)
        {
            using HttpRequestMessage message = Message(url);
            return await broker.http.SendAsync(message, inner);
        }

        private HttpRequestMessage Message(Uri url)
        {
            HttpRequestMessage message;
            try
            {
                message = new HttpRequestMessage(HttpMethod.Parse(method), url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
            }
            catch (FormatException)
            {
                throw new FetchException(FetchException.Network, $"'{method}' is not a method.");
            }
            string? type = request.Headers.FirstOrDefault(h => h.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value;
            if (SecretReferences.Resolve(body, type, secrets, url.IdnHost) is { } bytes) message.Content = new ReadOnlyMemoryContent(bytes);
            foreach ((string name, string value) in request.Headers)
            {
                // A credential is for where the script sent it.
                if (!sameOrigin && name.Equals("authorization", StringComparison.OrdinalIgnoreCase)) continue;
                Add(message, name, SecretReferences.Resolve(value, secrets, url.IdnHost));
            }
            if (!message.Headers.Contains("User-Agent")) message.Headers.TryAddWithoutValidation("User-Agent", broker.userAgent);
            return message;
        }

        private async Task<FetchResponse> AnswerAsync(HttpResponseMessage response, Uri url)
        {
            using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
            using var read = new MemoryStream();
            byte[] buffer = new byte[16 << 10];
            int count;
            while ((count = await stream.ReadAsync(buffer, cancel)) > 0)
            {
                if (read.Length + count > limits.ResponseBytes) throw new FetchException(FetchException.Network, $"The answer of {SecretReferences.Hide(url.AbsoluteUri, secrets)} is larger than {limits.ResponseBytes} bytes.");
                if (!request.Use.TryAdd(count, limits.TotalBytes)) throw TooManyBytes(limits);
                read.Write(buffer, 0, count);
            }
            KeyValuePair<string, string>[] headers = [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), SecretReferences.Hide(value, secrets))))];
            string reason = SecretReferences.Hide(response.ReasonPhrase ?? "", secrets);
            return new FetchResponse((int)response.StatusCode, reason, headers, SecretReferences.Hide(read.ToArray(), secrets)) { Url = SecretReferences.Hide(url.AbsoluteUri, secrets) };
        }
    }

    private static bool Redirects(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    private static Uri Target(HttpResponseMessage response, Uri from) => Absolute(new Uri(from, response.Headers.Location!).AbsoluteUri);

    private static Uri Absolute(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url : throw FetchPolicy.Refused($"'{text}' is not an absolute URL");

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) throw new FetchException(FetchException.Network, $"The header '{name}' has a line break in its value.");
        if (Array.Exists(Forbidden, forbidden => forbidden.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new FetchException(FetchException.Network, $"The header '{name}' cannot be set by a task.");
        // A request's header, or its content's; one that is neither is not a token.
        if (message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true) return;
        if (!name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)) throw new FetchException(FetchException.Network, $"'{name}' is not a header's name.");
    }

    private static string Reason(HttpRequestException e) => e.InnerException is SocketException socket ? socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "host not found",
        _ => socket.Message,
    } : (e.InnerException ?? e).Message.TrimEnd('.');
}
