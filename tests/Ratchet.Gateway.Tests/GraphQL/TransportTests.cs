using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ratchet.Configuration;
using Ratchet.Events;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Tests.Events;
using Ratchet.Gateway.Tests.Support;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>Arrays of requests, registered operations, and event streams that are taken up again.</summary>
public sealed class TransportTests
{
    private const string Registered = "query Known { __typename }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_array_is_answered_in_its_order_and_has_a_limit()
    {
        await using GatewayStandIn gateway = await StartAsync(new GraphQLOptions { MaxBatch = 3 });
        JsonElement answers = (await gateway.PostAsync("/graphql", """[{"query":"{ a: __typename }"},{"query":"{ nothing }"},{"query":"{ c: __typename }"}]""")).Body;
        Assert.Equal((3, "Query", "invalid-document", "Query"),
            (answers.GetArrayLength(), answers[0].GetProperty("data").GetProperty("a").GetString(), Code(answers[1]), answers[2].GetProperty("data").GetProperty("c").GetString()));
        Assert.Equal(["over-limit", "malformed"], new[] { await CodeAsync(gateway, $"[{string.Join(',', Enumerable.Repeat("""{"query":"{ __typename }"}""", 4))}]"), await CodeAsync(gateway, "[]") });
    }

    [Fact]
    public async Task Arrays_can_be_turned_off()
    {
        await using GatewayStandIn gateway = await StartAsync(new GraphQLOptions { MaxBatch = 1 });
        Assert.Equal("over-limit", await CodeAsync(gateway, """[{"query":"{ __typename }"},{"query":"{ __typename }"}]"""));
    }

    [Fact]
    public async Task With_registered_operations_only_nothing_else_is_executed_by_whatever_name()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { known = Registered }), Cancel);
            await using GatewayStandIn gateway = await StartAsync(new GraphQLOptions { OperationsFile = file, RegisteredOnly = true });
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Registered)));
            foreach (object known in new object[] { new { documentId = "known" }, new { documentId = $"sha256:{hash}" }, new { query = Registered }, new { extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } } } })
                Assert.Equal("Query", (await gateway.PostAsync("/graphql", JsonSerializer.Serialize(known))).Body.GetProperty("data").GetProperty("__typename").GetString());
            const string Other = "{ other: __typename }";
            string otherHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Other)));
            // A client may not register what it sends, either.
            foreach (object other in new object[] { new { query = Other }, new { documentId = "other" }, new { query = Other, extensions = new { persistedQuery = new { version = 1, sha256Hash = otherHash } } }, new { query = Registered + " " } })
                Assert.Equal("not-registered", await CodeAsync(gateway, JsonSerializer.Serialize(other)));
            using SocketClient client = await SocketClient.BeginAsync(gateway);
            await client.SubscribeAsync("1", "subscription { stats { nodes } }");
            Assert.Equal("not-registered", (await client.HearAsync()).GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("1-2", null, "1-3")]
    [InlineData("1-2", "1-4", "1-5")]
    public async Task A_stream_goes_on_behind_the_last_event_that_was_had(string after, string? lastEventId, string first)
    {
        var feed = new FeedStandIn();
        feed.Happen(6);
        await using GatewayStandIn gateway = await StartAsync(new GraphQLOptions());
        gateway.Grains.On("IEventFeedGrain.ReadAsync", args => feed.ReadAsync((EventRead)args[0]!, Cancel));
        gateway.Grains.On("IEventFeedGrain.HeadAsync", _ => feed.HeadAsync(Cancel));
        gateway.Grains.On("IEventSignalGrain.WaitAsync", args => feed.WaitAsync((long)args[0]!, (TimeSpan)args[1]!, Cancel));
        string body = JsonSerializer.Serialize(new { query = "subscription($after: String) { jobEvents(after: $after) { cursor } }", variables = new { after } });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql/stream") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        var heard = new List<string>();
        while (heard.Count < 3)
        {
            if (await lines.ReadLineAsync(Cancel) is { Length: > 1 } line) heard.Add(line);
        }

        Assert.Equal([$"id: {first}", "event: next", "data: {\"data\":{\"jobEvents\":{\"cursor\":\"" + first + "\"}}}"], heard);
    }

    private static async Task<GatewayStandIn> StartAsync(GraphQLOptions options)
    {
        var gateway = new GatewayStandIn(new GatewayOptions(), graph: options);
        await gateway.InitializeAsync();
        return gateway;
    }

    private static async Task<string?> CodeAsync(GatewayStandIn gateway, string body) => Code((await gateway.PostAsync("/graphql", body)).Body);

    private static string? Code(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
