using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Tests.Support;

namespace Ratchet.Gateway.Tests.OpenApi;

public sealed class ApiDocumentTests(GatewayStandIn gateway) : IClassFixture<GatewayStandIn>
{
    private static readonly string Snapshot = Path.Join(Repository.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_document_in_docs_is_what_the_gateway_serves()
    {
        string served = JsonNode.Parse(await gateway.Http.GetByteArrayAsync("/openapi/v1.json"))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        if (Environment.GetEnvironmentVariable("RATCHET_UPDATE_DOCS") == "1") await File.WriteAllTextAsync(Snapshot, served);
        Assert.True(File.Exists(Snapshot) && await File.ReadAllTextAsync(Snapshot) == served, "docs/openapi.json is another: look at the change, then RATCHET_UPDATE_DOCS=1 ./test.sh Gateway");
    }

    [Fact]
    public void Every_route_of_the_interface_is_described()
    {
        string[] without =
        [
            .. gateway.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && route.Metadata.GetMetadata<Operation>() is null)
                .Select(route => $"{string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}"),
        ];
        Assert.True(without.Length == 0, $"Put .Describe(...) behind the Map call of: {string.Join("; ", without)}");
    }

    [Fact]
    public async Task Every_field_of_every_request_has_words()
    {
        await DescriptionCheck.OfAsync(gateway.Services);
        Assert.Empty(ApiBody.All.SelectMany(body => body.Mismatches()));
    }

    [Fact]
    public async Task Examples_are_what_their_schemas_say()
    {
        Description description = await DescriptionCheck.OfAsync(gateway.Services);
        var mistakes = new List<string>();
        foreach ((string path, string method, JsonObject operation) in description.Operations)
        {
            IEnumerable<JsonNode?> contents = [operation["requestBody"]?["content"], .. operation["responses"]!.AsObject().Select(r => r.Value!["content"])];
            foreach (JsonNode content in contents.OfType<JsonObject>().SelectMany(c => c).Select(c => c.Value!))
            {
                if (content["example"] is { } example && description.Mistake(example, content["schema"]!.AsObject(), "") is { } mistake) mistakes.Add($"{method} {path}: {mistake}");
            }
        }

        Assert.Empty(mistakes);
    }

    [Fact]
    public async Task Ids_of_operations_are_theirs_alone_and_lists_tell_their_length()
    {
        Description description = await DescriptionCheck.OfAsync(gateway.Services);
        string[] ids = [.. description.Operations.Select(o => o.Operation["operationId"]!.GetValue<string>())];
        Assert.Equal(ids.Distinct().Order(), ids.Order());
        Assert.Contains("submitJob", ids);
        Assert.Equal("3.1", description.Document["openapi"]!.GetValue<string>()[..3]);
    }

    /// <summary>Fields that a description says are needed are needed, and the others are not.</summary>
    [Theory]
    [InlineData("jobs", """{"task":"a","input":{}}""", "task", "input")]
    [InlineData("bulk", """{"action":"cancel","filter":{"task":"a"}}""", "action", "filter")]
    [InlineData("schedules/a/backfills", """{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}""", "from", "to")]
    public async Task What_is_required_is_missed(string path, string body, params string[] required)
    {
        Description description = await DescriptionCheck.OfAsync(gateway.Services);
        JsonNode operation = description.Operations.Single(o => o.Path == "/api/v1/" + path.Replace("/a/", "/{id}/", StringComparison.Ordinal) && o.Method == "POST").Operation;
        string name = operation["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];
        Assert.Equal(required, description.Document["components"]!["schemas"]![name]!["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        foreach (string field in required)
        {
            JsonObject less = JsonNode.Parse(body)!.AsObject();
            less.Remove(field);
            (await gateway.PostAsync(path, less.ToJsonString())).Is(422, "invalid-field", "/" + field);
        }
    }

    [Fact]
    public async Task The_pages_need_nothing_from_elsewhere()
    {
        using HttpResponseMessage page = await gateway.Http.GetAsync("/docs");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Scalar.createApiReference", (await gateway.Http.GetStringAsync("/docs/start.js")).Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("createApiReference", await gateway.Http.GetStringAsync("/docs/scalar.js"), StringComparison.Ordinal);
    }
}
