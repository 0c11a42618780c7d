using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Ratchet.Gateway.OpenApi;

/// <summary>The description of the interface as one document, out of what is on the routes (ADR 0025).</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any();
        options.AddDocumentTransformer((document, context, _) =>
        {
            Complete(document, context.ApplicationServices.GetServices<EndpointDataSource>());
            return Task.CompletedTask;
        });
    });

    /// <summary>As JSON in UTF-8.</summary>
    public static async Task<byte[]> WriteAsync(IServiceProvider services, CancellationToken cancel)
    {
        OpenApiDocument document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancel);
        using var stream = new MemoryStream();
        await document.SerializeAsync(stream, OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json, cancel);
        return stream.ToArray();
    }

    /// <summary>What the framework found out of the routes stays: paths and methods. What they take and answer with is theirs to say.</summary>
    private static void Complete(OpenApiDocument document, IEnumerable<EndpointDataSource> sources)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Ratchet",
            Version = typeof(ApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            Description = "Durable JavaScript jobs. Every answer has X-Request-Id; errors are problems (RFC 9457) whose type stays as it is; lists are bare arrays with x-total-count.",
            License = new OpenApiLicense { Name = "Proprietary" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Security = [];
        List<(RouteEndpoint Route, string Method, Operation Operation)> all =
            [.. sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().SelectMany(Operations).OrderBy(o => o.Route.RoutePattern.RawText, StringComparer.Ordinal)];
        var written = new List<JsonNode>();
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((RouteEndpoint route, string method, Operation operation) in all)
        {
            string path = PathOf(route);
            if (!document.Paths.TryGetValue(path, out IOpenApiPathItem? item) || item.Operations is null || !item.Operations.ContainsKey(new HttpMethod(method)))
                throw new InvalidOperationException($"{method} {path} is described, but its handler is none that the framework can describe: map it with a delegate that has parameters.");
            JsonObject json = OperationJson.Write(operation, route.RoutePattern);
            written.Add(json);
            tags.Add(OperationJson.TagOf(route.RoutePattern));
            item.Operations[new HttpMethod(method)] = Read<OpenApiOperation>(json, document);
        }

        document.Tags = new HashSet<OpenApiTag>(tags.Select(tag => new OpenApiTag { Name = tag, Description = ApiTags.MeaningOf(tag) }));
        document.Components = Components(written, document);
    }

    public static IEnumerable<(RouteEndpoint Route, string Method, Operation Operation)> Operations(RouteEndpoint route) =>
        route.Metadata.GetMetadata<Operation>() is { } operation
            ? route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (route, method, operation.Described()))
            : [];

    /// <summary>OpenAPI has no parameters that take the rest of a path: in a client they are encoded, slashes and all.</summary>
    public static string PathOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));

    private static OpenApiComponents Components(List<JsonNode> written, OpenApiDocument document)
    {
        var components = new OpenApiComponents
        {
            Schemas = new Dictionary<string, IOpenApiSchema>(),
            Headers = new Dictionary<string, IOpenApiHeader>(),
            Responses = new Dictionary<string, IOpenApiResponse>(),
        };
        foreach ((int status, string component, string code, string when, string[] headers) in OperationJson.Everywhere)
        {
            JsonObject response = OperationJson.Problem(status, new Dictionary<string, string> { [code] = when }, headers);
            components.Responses[component] = Read<OpenApiResponse>(response, document);
            written.Add(response);
        }

        string[] used = [.. written.Select(node => node.ToJsonString())];
        foreach ((string name, JsonObject header) in ApiHeaders.All.Where(h => used.Any(text => text.Contains($"#/components/headers/{h.Name}\"", StringComparison.Ordinal))))
            components.Headers[name] = Read<OpenApiHeader>(header, document);
        foreach ((string name, JsonObject schema) in ApiType.ReferredBy(written)) components.Schemas[name] = Read<OpenApiSchema>(schema, document);
        return components;
    }

    private static T Read<T>(JsonObject json, OpenApiDocument document) where T : IOpenApiElement
    {
        T? read = OpenApiModelFactory.Parse<T>(json.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out OpenApiDiagnostic diagnostic, OpenApiConstants.Json);
        // A part of a document does not keep the rules of a whole one: a parameter's path is elsewhere.
        string[] errors = [.. diagnostic.Errors.Where(error => error is not OpenApiValidatorError).Select(error => error.ToString())];
        return read is not null && errors.Length == 0 ? read : throw new InvalidOperationException($"The description is not OpenAPI: {string.Join("; ", errors)} in {json.ToJsonString()}");
    }
}
