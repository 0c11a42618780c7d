using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Ratchet.Gateway.OpenApi;

/// <summary>Writes an <see cref="Operation"/> as OpenAPI has it.</summary>
internal static class OperationJson
{
    /// <summary>Problems that any operation may answer with, and where components have them.</summary>
    public static readonly (int Status, string Component, string Code, string When, string[] Headers)[] Everywhere =
    [
        (400, "Malformed", "malformed", "The request line, the path or a header cannot be read.", []),
        (414, "UriTooLong", "uri-too-long", "Path and query are too long.", []),
        (429, "RateLimited", "rate-limited", "The address has made more requests than its rate allows.", ["RateLimit-Policy", "RateLimit", "Retry-After"]),
        (500, "Internal", "internal", "A fault of the server; its log has the request's id.", []),
        (503, "Unavailable", "unavailable", "The store or the cluster cannot take it now.", ["Retry-After"]),
        (504, "Timeout", "timeout", "There was no answer in time. Whether a change was made is not known.", []),
    ];

    public static JsonObject Write(Operation operation, RoutePattern route)
    {
        var json = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["tags"] = new JsonArray(TagOf(route)),
        };
        if (operation.Details is not null) json["description"] = operation.Details;
        var parameters = new JsonArray([.. PathParameters(operation, route).Concat(operation.Parameters.Where(p => p.In != "path")).Select(Parameter)]);
        if (parameters.Count > 0) json["parameters"] = parameters;
        if (operation.Request is { } request) json["requestBody"] = new JsonObject { ["required"] = request.Required, ["content"] = Content(request.Content) };
        json["responses"] = Responses(operation, route);
        return json;
    }

    /// <summary>The first part of the path behind the version.</summary>
    public static string TagOf(RoutePattern route)
    {
        string[] parts = (route.RawText ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["api", _, var first, ..] ? first : "health";
    }

    /// <summary>A problem of some codes.</summary>
    public static JsonObject Problem(int status, IReadOnlyDictionary<string, string> codes, IEnumerable<string> headers)
    {
        var types = new JsonArray([.. codes.Keys.Select(code => (JsonNode)$"urn:ratchet:problem:{code}")]);
        var narrowed = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["type"] = new JsonObject { ["type"] = "string", ["enum"] = types } } };
        var examples = new JsonObject();
        foreach ((string code, string when) in codes)
        {
            var problem = new JsonObject { ["type"] = $"urn:ratchet:problem:{code}", ["title"] = code, ["status"] = status, ["detail"] = when, ["instance"] = "/api/v1/..." };
            examples[code] = new JsonObject { ["summary"] = when, ["value"] = problem };
        }

        return new JsonObject
        {
            ["description"] = string.Join(' ', codes.Select(code => $"`{code.Key}`: {code.Value}")),
            ["headers"] = ApiHeaders.Of([.. ApiHeaders.Always, .. headers]),
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["allOf"] = new JsonArray(ApiType.Problem.Reference(), narrowed) }, ["examples"] = examples },
            },
        };
    }

    private static IEnumerable<ApiParameter> PathParameters(Operation operation, RoutePattern route) => route.Parameters.Select(part =>
        operation.Parameters.Find(p => p.In == "path" && p.Name == part.Name) ?? new ApiParameter(part.Name, "path", Schema.Text(), Required: true));

    private static JsonNode Parameter(ApiParameter parameter)
    {
        var schema = (JsonObject)parameter.Schema.DeepClone();
        var json = new JsonObject { ["name"] = parameter.Name, ["in"] = parameter.In };
        if (schema["description"] is { } meaning) json["description"] = meaning.GetValue<string>();
        schema.Remove("description");
        if (parameter.Required) json["required"] = true;
        // As a list, or with commas: both are read.
        if (schema["type"]?.ToString() == "array") (json["style"], json["explode"]) = ("form", true);
        json["schema"] = schema;
        return json;
    }

    private static JsonObject Responses(Operation operation, RoutePattern route)
    {
        var all = new SortedDictionary<int, JsonObject>();
        foreach ((int status, ApiAnswer answer) in operation.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Meaning, ["headers"] = ApiHeaders.Of([.. ApiHeaders.Always, "RateLimit-Policy", "RateLimit", .. answer.Headers]) };
            if (answer.Content.Length > 0) response["content"] = Content(answer.Content);
            all[status] = response;
        }

        foreach ((int status, string component, _, _, _) in Everywhere)
        {
            if (!all.ContainsKey(status)) all[status] = new JsonObject { ["$ref"] = $"#/components/responses/{component}" };
        }

        if (route.Parameters.Count > 0 && !operation.Problems.ContainsKey(404)) operation.Problem(404, "not-found", "There is nothing of that name or id.");
        foreach ((int status, SortedDictionary<string, string> codes) in operation.Problems)
        {
            // Beside its own, an operation has those that all have of that status.
            foreach ((_, _, string code, string when, _) in Everywhere.Where(e => e.Status == status)) codes.TryAdd(code, when);
            all[status] = Problem(status, codes, Everywhere.Where(e => e.Status == status).SelectMany(e => e.Headers));
        }

        var json = new JsonObject();
        foreach ((int status, JsonObject response) in all) json[$"{status}"] = response;
        return json;
    }

    private static JsonObject Content(IEnumerable<ApiContent> contents)
    {
        var json = new JsonObject();
        foreach (ApiContent content in contents)
        {
            json[content.Type] = new JsonObject { ["schema"] = content.Schema.DeepClone() };
            if (content.Example is not null) json[content.Type]!["example"] = JsonNode.Parse(content.Example);
        }

        return json;
    }
}
