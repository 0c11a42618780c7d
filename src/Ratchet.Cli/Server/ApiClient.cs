using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary>The server's REST surface, <c>/api/v1</c>. Every way in which it can go wrong leaves as a <see cref="CliException"/>.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What a call may take besides the waiting that it asks for.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Longer than a server with nothing to say stays silent, thrice.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly string address;
    private readonly TimeProvider time;
    private readonly FlagNames flags;
    private readonly HttpClient http;

    public ApiClient(Uri server, TimeProvider time, FlagNames flags)
    {
        this.flags = flags;
        address = server.OriginalString.TrimEnd('/');
        this.time = time;

        // A proxy from the environment would be asked for this machine's own server, which it cannot reach.
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = !server.IsLoopback })
        {
            BaseAddress = new Uri(server, "api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ratchet-cli", typeof(ApiClient).Assembly.GetName().Version!.ToString(3)));
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancel) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), TimeSpan.Zero, cancel);

    /// <param name="wait">How long the server is asked to hold the answer back until the job is finished (<c>Prefer: wait</c>, RFC 7240).</param>
    /// <param name="idempotencyKey">Sent as the header of that name; null for none.</param>
    public Task<ApiAnswer> PostAsync(string path, byte[] json, TimeSpan wait, CancellationToken cancel, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(json) };
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return SendAsync(request, wait, cancel);
    }

    public Task<ApiAnswer> PostAsync(string path, byte[] json, CancellationToken cancel) => PostAsync(path, json, TimeSpan.Zero, cancel);

    /// <summary>For calls that take nothing but their path.</summary>
    public Task<ApiAnswer> PostAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Post, path, null, cancel);

    public Task<ApiAnswer> PutAsync(string path, byte[] json, CancellationToken cancel) => SendAsync(HttpMethod.Put, path, json, cancel);

    /// <summary>The answer's body is undefined.</summary>
    public Task<ApiAnswer> DeleteAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Delete, path, null, cancel);

    /// <summary>Any other request, with or without a body.</summary>
    /// <param name="idempotencyKey">Sent as the header of that name (draft-ietf-httpapi-idempotency-key-header).</param>
    /// <param name="ifMatch">Sent as the header of that name: nothing is done when what is there has another tag.</param>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancel, string? idempotencyKey = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = Json(json);
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return SendAsync(request, TimeSpan.Zero, cancel);
    }

    /// <param name="patience">How long the server may take.</param>
    public Task<ApiAnswer> PostZipAsync(string path, byte[] zip, TimeSpan patience, CancellationToken cancel)
    {
        var content = new ByteArrayContent(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // A zip that is refused for its size or its server's state is not sent in vain.
        request.Headers.ExpectContinue = true;
        return SendAsync(request, TimeSpan.Zero, cancel, patience);
    }

    /// <summary>An answer that is not JSON.</summary>
    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using CancellationTokenSource late = new(AnswerTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        return await GuardAsync(
            async () =>
            {
                using HttpResponseMessage response = await http.SendAsync(request, either.Token);
                byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
                return response.IsSuccessStatusCode ? body : throw await WithHintAsync(ApiProblem.Of(address, response, body, flags), cancel);
            },
            late,
            AnswerTimeout,
            cancel);
    }

    /// <summary>A stream of server-sent events, to its end. The first byte must come as fast as any answer; after it a server that says nothing for <see cref="Silence"/> is taken for gone.</summary>
    /// <param name="lastId">The last event that was had; null for none.</param>
    public async IAsyncEnumerable<ServerEvent> EventsAsync(string path, string? lastId, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        using CancellationTokenSource late = new(AnswerTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using HttpResponseMessage response = await GuardAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token), late, AnswerTimeout, cancel);
        if (!response.IsSuccessStatusCode) throw ApiProblem.Of(address, response, await response.Content.ReadAsByteArrayAsync(either.Token), flags);
        late.CancelAfter(Silence);
        using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
        IAsyncEnumerator<SseItem<string>> events = SseParser.Create(body).EnumerateAsync(either.Token).GetAsyncEnumerator(either.Token);
        await using (events)
        {
            while (await GuardAsync(() => events.MoveNextAsync().AsTask(), late, Silence, cancel))
            {
                late.CancelAfter(Silence);
                yield return new ServerEvent(events.Current.EventType, events.Current.EventId, events.Current.Data);
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>What can go wrong on the way to the server and back, as one sentence.</summary>
    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationTokenSource late, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            string reason = (error.InnerException ?? error).Message;
            bool sent = error is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
            throw Unreachable($"no Ratchet server can be reached at {address} ({reason}); 'ratchet serve' starts one.", sent);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw Unreachable($"the server at {address} did not answer within {patience.TotalSeconds:0} s.", sent: true);
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException && !cancel.IsCancellationRequested)
        {
            throw Unreachable($"the server at {address} did not take a connection within {ConnectTimeout.TotalSeconds:0} s.", sent: false);
        }
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, TimeSpan wait, CancellationToken cancel, TimeSpan patience = default)
    {
        TimeSpan most = patience > TimeSpan.Zero ? patience : AnswerTimeout + wait;
        using HttpRequestMessage owned = request;
        if (wait > TimeSpan.Zero) request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={Math.Ceiling(wait.TotalSeconds)}"));
        using CancellationTokenSource late = new(most, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await GuardAsync(() => AnswerAsync(request, either.Token, cancel), late, most, cancel);
        }
        catch (JsonException)
        {
            throw Unreachable($"what answers at {address} is no Ratchet server: it did not send JSON.", sent: false);
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpRequestMessage request, CancellationToken either, CancellationToken cancel)
    {
        using HttpResponseMessage response = await http.SendAsync(request, either);
        byte[] body = await response.Content.ReadAsByteArrayAsync(either);
        if (!response.IsSuccessStatusCode) throw await WithHintAsync(ApiProblem.Of(address, response, body, flags), cancel);
        return new ApiAnswer(response.StatusCode == HttpStatusCode.NoContent ? default : JsonElement.Parse(body), Total(response), response.Headers.ETag?.ToString());
    }

    /// <summary>Adds the task or queue that was meant, where the server knows one with nearly that name.</summary>
    private async Task<CliException> WithHintAsync(CliException error, CancellationToken cancel)
    {
        string? collection = ((string[])[KnownNames.Tasks, KnownNames.Queues]).FirstOrDefault(c => error.Message.StartsWith(Unknown(c), StringComparison.Ordinal));
        if (error.Status != HttpStatusCode.NotFound || collection is null) return error;
        int begin = Unknown(collection).Length, end = error.Message.LastIndexOf('\'');
        if (end <= begin) return error;
        IReadOnlyList<string> known = await KnownNames.ListAsync(this, collection, cancel) ?? [];
        string hint = KnownNames.Suggestion(error.Message[begin..end], known);
        return hint.Length == 0 ? error : new CliException(error.ExitCode, error.Message.TrimEnd('.') + hint) { Status = error.Status, Lines = error.Lines };
    }

    /// <summary>How the server's message about a name that nothing has begins.</summary>
    private static string Unknown(string collection) => $"There is no {collection[..^1]} '";

    private static ByteArrayContent Json(byte[] json) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static CliException Unreachable(string message, bool sent) => new(ExitCodes.Unreachable, message) { OutcomeUnknown = sent };

    private static long? Total(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-total-count", out IEnumerable<string>? values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long total) ? total : null;
}
