using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ratchet.Configuration;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Tests.OpenApi;

namespace Ratchet.Gateway.Tests.Support;

/// <summary>The gateway itself on loopback, before grains that are stand-ins: what is tested is all between HTTP and the grain's call.</summary>
public sealed class GatewayStandIn : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    // A connection each: the server closes one whose request it would not read to its end, and a client that was about to use it again fails.
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    public GatewayStandIn() : this(new GatewayOptions())
    {
    }

    internal GatewayStandIn(GatewayOptions options, TimeProvider? time = null, GraphQLOptions? graph = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time ?? new FixedTime());
        builder.Services.AddSingleton(GrainFactoryStandIn.Create(Grains));
        builder.AddRatchetGateway(Options, options, graph);
        app = builder.Build();
        app.MapRatchet();
    }

    public GrainCalls Grains { get; } = new();

    public ServerOptions Options { get; } = new() { Urls = "http://127.0.0.1:0" };

    internal IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Urls.First() + "/api/v1/");
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string? body = null, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, path, body, idempotencyKey);

    public Task<Answer> PutAsync(string path, string? body, string? ifMatch = null) => SendAsync(HttpMethod.Put, path, body, header: ("If-Match", ifMatch));

    public Task<Answer> PatchAsync(string path, string body, string type = "application/merge-patch+json") => SendAsync(HttpMethod.Patch, path, body, type: type);

    public Task<Answer> PostWithAsync(string path, string body, string header, string value) => SendAsync(HttpMethod.Post, path, body, header: (header, value));

    /// <summary>With one header more.</summary>
    public Task<Answer> SendAsync(string method, string path, string? body, string header, string value) => SendAsync(new HttpMethod(method), path, body, header: (header, value));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>For requests and answers that are not JSON.</summary>
    public HttpClient Http => http;

    public async Task<Answer> PostAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // A body that is refused by its length alone is then not sent at all, as curl does it.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()), response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private async Task<Answer> SendAsync(
        HttpMethod method, string path, string? body, string? idempotencyKey = null, string type = "application/json", (string Name, string? Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        if (header is { Value: { } value } && !request.Headers.TryAddWithoutValidation(header.Value.Name, value)) request.Content!.Headers.TryAddWithoutValidation(header.Value.Name, value);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await AskAsync(request);
    }

    /// <summary>Any request.</summary>
    public async Task<Answer> AskAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await http.SendAsync(request);
        byte[] text = await response.Content.ReadAsByteArrayAsync();
        // Whatever a test is about: no answer may be another than the description says.
        (await DescriptionCheck.OfAsync(app.Services)).Accepts(request.Method.Method, response, text);
        return new Answer((int)response.StatusCode, text.Length > 0 ? JsonElement.Parse(text) : default, response.Headers);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>What the gateway answered.</summary>
public sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string Text(string field) => Body.GetProperty(field).ToString();

    /// <summary>A problem with this status and code; its one pointer when it has any.</summary>
    public void Is(int status, string code, string? pointer = null)
    {
        Assert.Equal((status, $"urn:ratchet:problem:{code}"), (Status, Text("type")));
        if (pointer is not null) Assert.Equal(pointer, Body.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }
}
