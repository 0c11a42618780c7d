using System.Text.Json;
using Ratchet.Gateway.Tests.Support;

namespace Ratchet.Gateway.Tests.GraphQL;

/// <summary>For tests that ask one gateway, whose grains are stand-ins.</summary>
public abstract class GraphTests : IClassFixture<GatewayStandIn>
{
    protected GraphTests(GatewayStandIn gateway)
    {
        Gateway = gateway;
        gateway.Grains.Clear();
    }

    protected GatewayStandIn Gateway { get; }

    /// <summary>The calls that were made, without keys and arguments.</summary>
    protected IEnumerable<string> Calls => Gateway.Grains.Made.Select(made => made.Split(' ')[0]);

    /// <summary>The data of an operation; fails when there are errors.</summary>
    protected async Task<JsonElement> DataAsync(string query, object? variables = null)
    {
        JsonElement answer = (await Gateway.PostAsync("/graphql", JsonSerializer.Serialize(new { query, variables }))).Body;
        Assert.False(answer.TryGetProperty("errors", out JsonElement errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Base64 of type and key, as global ids are made; whoever uses them takes them as they are.</summary>
    protected static string Node(string type, string key) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{type}:{key}"));
}
