using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ratchet.Cluster.Tests;

/// <summary>Tasks that change while a server runs: by their files, by an address, by hand.</summary>
[Collection(OnARunningServer.Name)]
public sealed class TaskSourceTests(RunningServer running)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_authors_edit_runs_with_the_next_job_and_a_broken_one_hides_nothing()
    {
        await using Database database = await Database.CreateAsync("sqlite");
        string folder = Write(Path.Combine(database.Folder, "tree", "a", "hot"), "1.0.0", "1");
        await using Server server = await Server.StartAsync(database, Source(2, Path.Combine(database.Folder, "tree")), ("RATCHET__Tasks__Development", "true"));
        Assert.Equal("1", await RunAsync(server));
        Write(folder, "1.0.0", "2");
        await UntilAsync("the edit runs", async () => await RunAsync(server) == "2");
        await File.WriteAllTextAsync(Path.Combine(folder, "main.js"), "x => +;");
        await UntilAsync("the mistake is told", () => Task.FromResult(server.Log.Contains(Path.Combine(folder, "main.js:1"), StringComparison.Ordinal)));
        Assert.Equal("2", await RunAsync(server));
        // And back to what was there before.
        Write(folder, "1.0.0", "1");
        await UntilAsync("the first text runs again", async () => await RunAsync(server) == "1");
        JsonElement[] versions = await server.Http.GetFromJsonAsync<JsonElement[]>(new Uri("/api/v1/tasks/hot/versions", UriKind.Relative)) ?? [];
        Assert.Equal([("1.0.0", true), ("1.0.0+r2", false)], versions.Select(v => (v.GetProperty("version").GetString()!, v.GetProperty("current").GetBoolean())).Order());
    }

    [Fact]
    public async Task A_newer_version_in_a_folder_takes_over_and_stays_rolled_back_over_a_restart()
    {
        await using Database database = await Database.CreateAsync("sqlite");
        string folder = Write(Path.Combine(database.Folder, "tree", "hot"), "1.0.0", "1");
        (string, string) source = Source(2, Path.Combine(database.Folder, "tree"));
        await using (Server server = await Server.StartAsync(database, source))
        {
            Write(folder, "2.0.0", "2");
            await UntilAsync("the newer version runs", async () => await RunAsync(server) == "2");
            // The same version with other content is refused; what runs stays.
            Write(folder, "2.0.0", "3");
            await UntilAsync("the change without a new version is told", () => Task.FromResult(server.Log.Contains("A version never changes", StringComparison.Ordinal)));
            Assert.Equal("2", await RunAsync(server));
            Write(folder, "2.0.0", "2");
            await PostAsync(server, "/api/v1/tasks/hot/rollback", null);
            Assert.Equal("1", await RunAsync(server));
            await server.StopAsync();
        }

        await using Server again = await Server.StartAsync(database, source);
        Assert.Equal("1", await RunAsync(again));
        Write(folder, "2.0.1", "4");
        await UntilAsync("the fix runs", async () => await RunAsync(again) == "4");
    }

    [Fact]
    public async Task A_server_is_a_source_of_another_and_what_was_had_of_it_outlives_it()
    {
        await using Database database = await Database.CreateAsync("sqlite");
        Server upstream = running.Server;
        await using var cable = new Cable(new IPEndPoint(IPAddress.Loopback, upstream.Http.BaseAddress!.Port));
        string folder = Write(Path.Combine(database.Folder, "hot"), "1.0.0", "1");
        await PushAsync(upstream, folder);
        await using Server server = await Server.StartAsync(
            database, Source(2, $"http://127.0.0.1:{cable.Port}/api/v1/tasks/hot/zip"), ("RATCHET__Tasks__PollPeriod", "00:00:01"), ("RATCHET__Tasks__PrivateNetworks__0", "127.0.0.1"));
        Assert.Equal("1", await RunAsync(server));
        Write(folder, "1.1.0", "2");
        await PushAsync(upstream, folder);
        await UntilAsync("the new version has come", async () => await RunAsync(server) == "2");
        cable.Cut();
        await UntilAsync("the failing source is told", async () => (await server.Http.GetStringAsync(new Uri("/health?verbose", UriKind.Relative))).Contains("1 source cannot be read", StringComparison.Ordinal));
        Assert.Equal("2", await RunAsync(server));
    }

    private static (string Name, string Value) Source(int index, string source) => ($"RATCHET__Tasks__Sources__{index}", source);

    private static string Write(string folder, string version, string output)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "metadata.json"), $$"""{"uuid":"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a","version":"{{version}}","name":"hot","label":"Hot","description":"Changes."}""");
        File.WriteAllText(Path.Combine(folder, "input.schema.json"), "true");
        File.WriteAllText(Path.Combine(folder, "output.schema.json"), "true");
        File.WriteAllText(Path.Combine(folder, "main.js"), $"x => {output}");
        return folder;
    }

    private static async Task<string> RunAsync(Server server)
    {
        JsonElement job = await PostAsync(server, "/api/v1/jobs", JsonContent.Create(new { task = "hot", input = new { } }), ("Prefer", "wait=30"));
        return job.GetProperty("output").GetRawText();
    }

    private static async Task PushAsync(Server server, string folder)
    {
        using var zip = new MemoryStream();
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(folder, zip);
        await PostAsync(server, "/api/v1/tasks", new ByteArrayContent(zip.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } });
    }

    private static async Task<JsonElement> PostAsync(Server server, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!await holds()) await timer.WaitForNextTickAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"After {Patience} it is still not so that {what}.");
        }
    }
}
