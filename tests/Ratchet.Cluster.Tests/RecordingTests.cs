using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests;

/// <summary>From a failure in production to its repair on a laptop: recorded by the server, had again offline, then with a fix.</summary>
[Collection(OnARunningServer.Name)]
public sealed class RecordingTests(RunningServer running)
{
    [Fact]
    public async Task A_failure_of_a_task_that_calls_out_is_had_again_offline_and_then_with_a_fix()
    {
        (Database database, Server server) = (running.Database, running.Server);
        string task = Path.Combine(database.Folder, "tasks", "orders");
        Copy(Path.Combine(Repository.Root, "tests", "tasks", "orders"), task);
        string execution;
        string url;
        using (var upstream = new HttpListener())
        {
            url = $"http://127.0.0.1:{FreePort.Next()}/";
            upstream.Prefixes.Add(url);
            upstream.Start();
            Task answering = AnswerAsync(upstream);
            JsonElement job = await RunJobAsync(server, url);
            Assert.Equal("FAILED", job.GetProperty("state").GetString());
            JsonElement attempt = job.GetProperty("executions")[0];
            Assert.True(attempt.GetProperty("recorded").GetBoolean());
            execution = attempt.GetProperty("id").GetString()!;
            Assert.DoesNotContain("the-secret-session", await server.Http.GetStringAsync(new Uri($"/api/v1/executions/{execution}/recording", UriKind.Relative)), StringComparison.Ordinal);
            (int saved, _, string savedError) = await RatchetCommand.RunAsync(database, "replay", "--from-fs", task, "--execution", execution, "--server", server.Http.BaseAddress!.ToString(), "--save", Path.Combine(database.Folder, "saved"));
            Assert.True(saved == 0, savedError);

            // The last executions that were recorded, on code that is as it was, and on code that is not.
            (int kept, string table, _) = await RatchetCommand.RunAsync(database, "test", "--from-fs", task, "--against-history", "5", "--server", server.Http.BaseAddress!.ToString());
            Assert.True(kept == 0 && table.Contains("1 passed, 0 failed", StringComparison.Ordinal), table);
            upstream.Stop();
            await answering;
        }

        // The upstream is not there any more, and a replay asks no server.
        string recording = Directory.GetDirectories(Path.Combine(database.Folder, "saved")).Single();
        (int same, _, string sameError) = await RatchetCommand.RunAsync(database, "replay", "--from-fs", task, "--recording", recording);
        Assert.True(same == 0, sameError);
        Assert.Contains("the replay matches the recording: the same failure (DataError: order 7 has no total at ", sameError, StringComparison.Ordinal);

        string code = Path.Combine(task, "main.js");
        await File.WriteAllTextAsync(code, (await File.ReadAllTextAsync(code)).Replace("order.total === undefined", "false", StringComparison.Ordinal).Replace("order.total", "(order.total ?? 0)", StringComparison.Ordinal));
        (int repaired, string output, string repairedError) = await RatchetCommand.RunAsync(database, "replay", "--from-fs", task, "--recording", recording);
        Assert.Equal(1, repaired);
        Assert.Equal(12, JsonElement.Parse(output).GetProperty("sum").GetInt32());
        Assert.Contains("the recorded execution failed with DataError", repairedError, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(HttpListener upstream)
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await upstream.GetContextAsync();
                call.Response.ContentType = "application/json";
                call.Response.Headers["Set-Cookie"] = "session=the-secret-session";
                string body = call.Request.Url!.AbsolutePath == "/orders" ? "[3,7]" : call.Request.Url.AbsolutePath == "/orders/3" ? """{"total":12}""" : "{}";
                await call.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task<JsonElement> RunJobAsync(Server server, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/jobs", UriKind.Relative));
        request.Headers.Add("Prefer", "wait=60");
        request.Content = JsonContent.Create(new { task = "orders", input = new { url }, maxAttempts = 1 });
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        string id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        return await server.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/jobs/{id}", UriKind.Relative));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
