using System.IO.Compression;
using System.Net;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Tasks;

public sealed class TaskVersionEndpointTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    [Fact]
    public async Task Versions_are_listed_and_shown()
    {
        gateway.Grains.On("ITaskGrain.GetVersionsAsync", (IReadOnlyList<TaskVersionView>)[Make.Version("1.0.0").View, Make.Version("0.9.0", current: false).View]);
        gateway.Grains.On("ITaskGrain.GetVersionAsync", args => (string)args[0]! == "1.0.0+r2" ? Make.Version("1.0.0+r2") : null);
        Answer list = await gateway.GetAsync("tasks/addition/versions");
        Assert.Equal([("1.0.0", true), ("0.9.0", false)], list.Body.EnumerateArray().Select(v => (v.GetProperty("version").GetString()!, v.GetProperty("current").GetBoolean())));
        Assert.Equal("2", list.Headers.GetValues("x-total-count").Single());
        Answer one = await gateway.GetAsync("tasks/addition/versions/1.0.0%2Br2");
        Assert.Equal((200, "1.0.0+r2", "{}"), (one.Status, one.Text("version"), one.Text("inputSchema")));
        (await gateway.GetAsync("tasks/addition/versions/7.0.0")).Is(404, "not-found");
        gateway.Grains.On("ITaskGrain.GetVersionsAsync", (IReadOnlyList<TaskVersionView>)[]);
        (await gateway.GetAsync("tasks/none/versions")).Is(404, "not-found");
    }

    [Fact]
    public async Task A_version_comes_as_a_zip_that_costs_nothing_when_it_is_known()
    {
        gateway.Grains.On("ITaskGrain.GetVersionAsync", Make.Version("1.0.0"));
        using HttpResponseMessage answer = await gateway.Http.GetAsync(new Uri("tasks/addition/zip", UriKind.Relative));
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync();
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["metadata.json", "input.schema.json", "output.schema.json", "main.js"], zip.Entries.Select(e => e.FullName));
        using var code = new StreamReader(await zip.GetEntry("main.js")!.OpenAsync());
        Assert.Equal("(x => x)", await code.ReadToEndAsync());
        Assert.Equal(("application/zip", "\"d1\""), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.ETag!.Tag));
        Assert.Equal(bytes, await gateway.Http.GetByteArrayAsync(new Uri("tasks/addition/versions/1.0.0/zip", UriKind.Relative)));

        using var again = new HttpRequestMessage(HttpMethod.Get, "tasks/addition/zip");
        again.Headers.TryAddWithoutValidation("If-None-Match", "\"other\", W/\"d1\"");
        using HttpResponseMessage unchanged = await gateway.Http.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, 0), (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task A_version_is_promoted_rolled_back_put_out_of_use_and_deleted()
    {
        gateway.Grains.On("ITaskGrain.GetVersionAsync", Make.Version("1.0.0"));
        foreach (string call in new[] { "PromoteAsync", "RollBackAsync", "EnableVersionAsync", "DeleteVersionAsync" }) gateway.Grains.On($"ITaskGrain.{call}", (object?)null);
        Assert.Equal("1.0.0", (await gateway.PostAsync("tasks/addition/versions/1.0.0/promote")).Text("version"));
        Assert.Equal(200, (await gateway.PostAsync("tasks/addition/rollback")).Status);
        Assert.Equal(200, (await gateway.PostAsync("tasks/addition/rollback", """{"from":"2.0.0"}""")).Status);
        Assert.Equal(200, (await gateway.PostAsync("tasks/addition/versions/1.0.0/disable")).Status);
        Assert.Equal(200, (await gateway.PostAsync("tasks/addition/versions/1.0.0/enable")).Status);
        Assert.Equal(204, (await gateway.DeleteAsync("tasks/addition/versions/0.9.0")).Status);
        string[] made = [.. gateway.Grains.Made];
        foreach (string call in new[] { "PromoteAsync default/addition(1.0.0, client)", "RollBackAsync default/addition(null, client)", "RollBackAsync default/addition(2.0.0, client)", "EnableVersionAsync default/addition(1.0.0, False)", "EnableVersionAsync default/addition(1.0.0, True)", "DeleteVersionAsync default/addition(0.9.0)" })
            Assert.Contains($"ITaskGrain.{call}", made);
        (await gateway.PostAsync("tasks/addition/rollback", """{"to":"2.0.0"}""")).Is(422, "invalid-field", "/to");
        (await gateway.PostAsync("tasks/addition/versions/1.0.0/promote", """{"now":true}""")).Is(422, "invalid-field", "/now");
    }

    [Theory]
    [InlineData(TaskVersionStateException.Disabled)]
    [InlineData(TaskVersionStateException.NotCurrent)]
    [InlineData(TaskVersionStateException.NoPrevious)]
    public async Task What_the_versions_do_not_allow_is_a_conflict_with_its_code(string code)
    {
        gateway.Grains.On("ITaskGrain.RollBackAsync", _ => throw new TaskVersionStateException(code, "No."));
        (await gateway.PostAsync("tasks/addition/rollback")).Is(409, code);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_404()
    {
        gateway.Grains.On("ITaskGrain.DeleteVersionAsync", _ => throw new UnknownTaskVersionException("addition", "7.0.0"));
        (await gateway.DeleteAsync("tasks/addition/versions/7.0.0")).Is(404, "unknown-version");
        gateway.Grains.On("ITaskGrain.PromoteAsync", _ => throw new UnknownTaskException("none"));
        (await gateway.PostAsync("tasks/none/versions/1.0.0/promote")).Is(404, "unknown-task");
    }

    [Fact]
    public async Task The_history_says_who_made_which_version_current()
    {
        gateway.Grains.On("ITaskGrain.GetPromotionsAsync", (IReadOnlyList<TaskPromotion>)[new TaskPromotion(2, "1.0.0", "d1", PromotionKind.RolledBack, "client", GatewayStandIn.Now)]);
        Answer answer = await gateway.GetAsync("tasks/addition/promotions?limit=5");
        Assert.Equal("""[{"sequence":2,"at":"2026-03-01T12:00:00+00:00","kind":"ROLLED_BACK","version":"1.0.0","digest":"d1","actor":"client"}]""", answer.Body.GetRawText());
        Assert.Contains("ITaskGrain.GetPromotionsAsync default/addition(5)", gateway.Grains.Made);
        (await gateway.GetAsync("tasks/addition/promotions?limit=0")).Is(422, "invalid-field", "/limit");
        (await gateway.GetAsync("tasks/addition/promotions?page=0")).Is(422, "invalid-field", "/page");
    }
}
