using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Configuration;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Workers;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>graphql-transport-ws, message by message.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private const string Lasting = "subscription { workerEvents { kind } }";

    private readonly FakeTimeProvider time = new(GatewayStandIn.Now);
    private readonly GatewayStandIn gateway;

    public SocketTests()
    {
        gateway = new GatewayStandIn(new GatewayOptions(), time, new GraphQLOptions { MaxSubscriptions = 2, MaxSubscribers = 3 });
        gateway.Grains.On("IWorkerDirectoryGrain.ListAsync", new[] { new WorkerNodeView("one", "one@127.0.0.1:1:1", 4, 0, false, 2, 1 << 30, "none") });
    }

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData("no JSON", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("""{"type":"hello"}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":"{ __typename }"}}""", 4401)]
    public async Task What_comes_before_the_handshake_and_is_none_closes(string message, int code)
    {
        using SocketClient client = await SocketClient.OpenAsync(gateway);
        await client.SayAsync(message);
        Assert.Equal(code, await client.CloseCodeAsync());
    }

    [Theory]
    [InlineData("""{"type":"connection_init"}""", 4429)]
    [InlineData("""{"id":"1","type":"subscribe"}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":7}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":7}}""", 4400)]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ __typename }"}}""", 4400)]
    [InlineData("""{"id":"1","type":"next","payload":{}}""", 4400)]
    [InlineData("""{"id":"first","type":"subscribe","payload":{"query":"{ __typename }"}}""", 4409)]
    public async Task What_breaks_the_protocol_closes_with_its_code(string message, int code)
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        await client.SubscribeAsync("first", Lasting);
        Assert.Equal("next", Text(await client.HearAsync(), "type"));
        await client.SayAsync(message);
        Assert.Equal(code, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task A_message_that_is_no_text_closes()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        await client.SayAsync("""{"type":"ping"}""", WebSocketMessageType.Binary);
        Assert.Equal(4400, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task Another_subprotocol_closes()
    {
        using SocketClient client = await SocketClient.OpenAsync(gateway, protocol: null);
        Assert.Equal(4406, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task Who_does_not_begin_in_time_is_told_so_however_much_else_he_says()
    {
        using SocketClient client = await SocketClient.OpenAsync(gateway);
        await client.SayAsync("""{"type":"ping"}""");
        Assert.Equal("pong", Text(await client.HearAsync(), "type"));
        time.Advance(TimeSpan.FromSeconds(9));
        await client.SayAsync("""{"type":"ping"}""");
        Assert.Equal("pong", Text(await client.HearAsync(), "type"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4408, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task Who_has_begun_may_be_silent()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        time.Advance(TimeSpan.FromMinutes(1));
        await client.SayAsync("""{"type":"ping","payload":{"a":1}}""");
        Assert.Equal("pong", Text(await client.HearAsync(), "type"));
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        await client.SubscribeAsync("1", Lasting);
        Assert.Equal("next", Text(await client.HearAsync(), "type"));
        gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal(1001, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task A_query_is_answered_and_completed_and_its_id_is_free_again()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        for (int i = 0; i < 2; i++)
        {
            await client.SubscribeAsync("1", "{ __typename }");
            JsonElement next = await client.HearAsync();
            Assert.Equal(("next", "1", "Query"), (Text(next, "type"), Text(next, "id"), Text(next.GetProperty("payload").GetProperty("data"), "__typename")));
            Assert.Equal("""{"id":"1","type":"complete"}""", (await client.HearAsync()).GetRawText());
        }
    }

    [Fact]
    public async Task An_operation_that_is_refused_ends_with_its_error_and_the_connection_goes_on()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        await client.SubscribeAsync("1", "subscription { nothing }");
        JsonElement error = await client.HearAsync();
        Assert.Equal(("error", "invalid-document"), (Text(error, "type"), Text(error.GetProperty("payload")[0].GetProperty("extensions"), "code")));
        await client.SubscribeAsync("1", "{ __typename }");
        Assert.Equal("next", Text(await client.HearAsync(), "type"));
    }

    [Fact]
    public async Task What_a_client_completes_is_over_and_more_than_a_connection_may_have_closes_it()
    {
        using SocketClient client = await SocketClient.BeginAsync(gateway);
        foreach (string id in new[] { "1", "2" })
        {
            await client.SubscribeAsync(id, Lasting);
            Assert.Equal(id, Text(await client.HearAsync(), "id"));
        }

        await client.SayAsync("""{"id":"1","type":"complete"}""");
        await client.SubscribeAsync("3", Lasting);
        Assert.Equal("3", Text(await client.HearAsync(), "id"));
        await client.SubscribeAsync("4", Lasting);
        Assert.Equal(4429, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task A_gateway_has_so_many_subscribers_and_no_more()
    {
        using SocketClient one = await SocketClient.BeginAsync(gateway), other = await SocketClient.BeginAsync(gateway);
        foreach ((SocketClient client, string id) in new[] { (one, "1"), (one, "2"), (other, "1") })
        {
            await client.SubscribeAsync(id, Lasting);
            Assert.Equal("next", Text(await client.HearAsync(), "type"));
        }

        await other.SubscribeAsync("2", Lasting);
        Assert.Equal("busy", Text((await other.HearAsync()).GetProperty("payload")[0].GetProperty("extensions"), "code"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
