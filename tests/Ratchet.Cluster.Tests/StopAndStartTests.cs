using System.Net.Http.Json;
using System.Text.Json;

namespace Ratchet.Cluster.Tests;

/// <summary>What operators do to a server: stop it, start it twice.</summary>
[Collection(OnARunningServer.Name)]
public sealed class StopAndStartTests(RunningServer running)
{
    [Fact]
    public async Task A_second_server_on_the_same_data_folder_is_refused_in_one_line()
    {
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Server.StartAsync(running.Database));
        Assert.Contains("ended with 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another server", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_database_is_gone_ends_all_the_same_when_it_is_told_to()
    {
        await using Database database = await Database.CreateAsync("postgresql");
        await using Cable cable = database.ThroughCable();
        await using Server server = await Server.StartAsync(database, ("RATCHET__Node__StopTimeout", "00:00:02"));
        cable.Cut();
        Assert.Equal(1, await server.StopAsync());
        Assert.Contains("The stop is not done", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_does_not_hold_up_a_stop()
    {
        await using Database database = await Database.CreateAsync("sqlite");
        await using Server server = await Server.StartAsync(database);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/jobs", UriKind.Relative));
        request.Headers.Add("Prefer", "wait=120");
        request.Content = JsonContent.Create(new { task = "busy", input = new { n = 1, ms = 8_000 } });
        Task<HttpResponseMessage> waiting = server.Http.SendAsync(request);
        while (await server.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/jobs", UriKind.Relative)) is { } jobs && jobs.GetArrayLength() == 0)
        {
            Assert.False(waiting.IsCompleted);
        }

        int exit = await server.StopAsync();
        using HttpResponseMessage answer = await waiting;
        JsonElement job = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEqual("COMPLETED", job.GetProperty("state").GetString());
        Assert.Equal(0, exit);
    }
}
