using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ratchet.Gateway.Hosting;

namespace Ratchet.Gateway.Tests.Events;

/// <summary>GET /events: pages, and the stream with its resuming.</summary>
public sealed class EventEndpointTests : IAsyncLifetime
{
    private readonly FeedStandIn feed = new();
    private readonly HttpClient http = new();
    private readonly WebApplication app;

    public EventEndpointTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(feed.Factory());
        builder.AddRatchetGateway(new ServerOptions { Urls = "http://127.0.0.1:0" });
        app = builder.Build();
        app.MapRatchet();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync(Cancel);
        http.BaseAddress = new Uri(app.Urls.First() + "/api/v1/");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Pages_are_newest_first_and_go_on_behind_their_link()
    {
        feed.Happen(5);
        (JsonElement page, string? link) = await PageAsync("events?limit=2&queue=odd");
        Assert.Equal(["1-4", "1-2"], Cursors(page));
        Assert.Equal(("addition", "odd", "QUEUED"), (page[0].GetProperty("task").GetString(), page[0].GetProperty("queue").GetString(), page[0].GetProperty("to").GetString()));
        Assert.Null(link is null ? null : Cursors((await PageAsync(link)).Page).FirstOrDefault());
        (page, link) = await PageAsync("events?limit=3");
        Assert.Equal(["1-5", "1-4", "1-3"], Cursors(page));
        Assert.Equal(["1-2", "1-1"], Cursors((await PageAsync(link!)).Page));
        Assert.Equal(["1-4", "1-5"], Cursors((await PageAsync("events?_order=asc&after=1-3")).Page));
    }

    [Theory]
    [InlineData("task=a%2Fb", 422, "/task")]
    [InlineData("tsk=a", 422, "/tsk")]
    [InlineData("to=NONE", 422, "/to")]
    [InlineData("transition=none", 422, "/transition")]
    [InlineData("job=7", 422, "/job")]
    [InlineData("after=x", 422, "/after")]
    [InlineData("after=-1", 422, "/after")]
    [InlineData("limit=0", 422, "/limit")]
    [InlineData("follow=perhaps", 422, "/follow")]
    [InlineData("_order=up", 422, "/_order")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string pointer)
    {
        using HttpResponseMessage response = await http.GetAsync($"events?{query}", Cancel);
        JsonElement problem = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((status, pointer), ((int)response.StatusCode, problem.GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task A_stream_goes_on_behind_the_last_event_that_the_client_has()
    {
        feed.Happen(3);
        Assert.Equal(["1-2", "1-3"], await StreamAsync("1-1", 2));
        feed.Happen(2);
        Assert.Equal(["1-4", "1-5"], await StreamAsync("1-3", 2));
        using var request = new HttpRequestMessage(HttpMethod.Get, "events?follow=true");
        request.Headers.Add("Last-Event-ID", "what");
        using HttpResponseMessage refused = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    /// <summary>The ids of the next events of a stream, which is then broken off.</summary>
    private async Task<List<string>> StreamAsync(string last, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "events");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", last);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        var ids = new List<string>();
        while (ids.Count < count)
        {
            string line = await lines.ReadLineAsync(Cancel) ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal)) ids.Add(line[4..]);
        }

        return ids;
    }

    private async Task<(JsonElement Page, string? Link)> PageAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync(path, Cancel);
        string? link = response.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? links.Single().Split('<', '>')[1] : null;
        return (JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(Cancel)), link);
    }

    private static IEnumerable<string> Cursors(JsonElement page) => page.EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!);
}
