using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;

namespace Ratchet.Cluster.Tests;

/// <summary>A job's log by a real server: over REST and by the command.</summary>
[Collection(OnARunningServer.Name)]
public sealed class LogTests(RunningServer running)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_log_is_followed_broken_off_and_taken_up_again_and_read_when_all_is_over()
    {
        using var patience = new CancellationTokenSource(Patience);
        (Database database, Server server) = (running.Database, running.Server);
        using var gate = new TcpListener(IPAddress.Loopback, 0);
        gate.Start();
        using HttpResponseMessage submitted = await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), new { task = "chatty", input = new { url = $"http://{gate.LocalEndpoint}/" } });
        string path = $"/api/v1/jobs/{(await submitted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}/logs";

        // The command follows from the beginning; it prints when it sees a line.
        Task<(int Code, string Output, string Error)> command = RatchetCommand.RunAsync(database, "job", "logs", path.Split('/')[4], "-f", "-o", "json", "--server", server.Http.BaseAddress!.ToString());
        string id;
        using (HttpResponseMessage stream = await OpenAsync(server, $"{path}?follow=true", null, patience.Token))
        {
            SseItem<string> begun = await NextAsync(stream, server, path, patience.Token);
            Assert.Equal("line", begun.EventType);
            JsonElement line = JsonElement.Parse(begun.Data);
            Assert.Equal(("info", "begun 1", 1, 1), (line.GetProperty("level").GetString(), line.GetProperty("message").GetString(), line.GetProperty("attempt").GetInt32(), line.GetProperty("line").GetInt32()));
            id = begun.EventId!;
            Assert.Equal($"{line.GetProperty("execution").GetString()}/1", id);
        }

        // Nothing is stored while it runs.
        Assert.Empty((await server.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative))).EnumerateArray());
        using (HttpResponseMessage stream = await OpenAsync(server, path, id, patience.Token))
        {
            using (TcpClient request = await gate.AcceptTcpClientAsync(patience.Token))
                await request.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), patience.Token);
            List<SseItem<string>> events = [];
            await foreach (SseItem<string> one in SseParser.Create(await stream.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token)) events.Add(one);
            events.RemoveAll(one => one.EventType == "state");
            Assert.Equal(["line", "end"], events.Select(one => one.EventType));
            Assert.Equal("asked 1", JsonElement.Parse(events[0].Data).GetProperty("message").GetString());
            Assert.Equal("COMPLETED", JsonElement.Parse(events[1].Data).GetProperty("state").GetString());
        }

        JsonElement[] stored = [.. (await server.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative))).EnumerateArray()];
        Assert.Equal(["begun 1", "asked 1"], stored.Select(line => line.GetProperty("message").GetString()));
        (int code, string output, string error) = await command;
        Assert.True(code == 0, error);
        Assert.Equal(["begun 1", "asked 1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("message").GetString()));
        (_, string table, _) = await RatchetCommand.RunAsync(database, "job", "logs", path.Split('/')[4], "--server", server.Http.BaseAddress.ToString());
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z info  begun 1\n\S+ \S+ error asked 1\n$", table);

        using HttpResponseMessage unknown = await server.Http.GetAsync(new Uri($"/api/v1/jobs/{Guid.CreateVersion7()}/logs?follow=true", UriKind.Relative), patience.Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using HttpResponseMessage wrong = await OpenAsync(server, path, "nonsense", patience.Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private static async Task<HttpResponseMessage> OpenAsync(Server server, string path, string? lastId, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private static async Task<SseItem<string>> NextAsync(HttpResponseMessage stream, Server server, string path, CancellationToken cancel)
    {
        try
        {
            await foreach (SseItem<string> one in SseParser.Create(await stream.Content.ReadAsStreamAsync(cancel)).EnumerateAsync(cancel))
                if (one.EventType != "state") return one;
        }
        catch (OperationCanceledException)
        {
            string job = path[..path.LastIndexOf('/')];
            throw new TimeoutException($"No line came within {Patience}:\n{await server.Http.GetStringAsync(new Uri(job, UriKind.Relative), CancellationToken.None)}\n{await server.Http.GetStringAsync(new Uri(job + "/why", UriKind.Relative), CancellationToken.None)}\n{server.Log}");
        }

        throw new EndOfStreamException("The log ended without a line.");
    }
}
