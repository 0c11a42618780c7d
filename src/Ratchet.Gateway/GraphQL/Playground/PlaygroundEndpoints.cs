using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ratchet.Gateway.GraphQL.Playground;

/// <summary><c>/playground</c>: GraphiQL, whose files are built into this assembly. It asks nobody but this gateway.</summary>
internal static class PlaygroundEndpoints
{
    /// <summary>Scripts are the bundle's alone; styles may be inline, as the editor writes its own.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string Resource, string Type)[] Files =
        [("/playground", "playground.html", "text/html; charset=utf-8"), ("/playground/app.js", "playground.js", "text/javascript; charset=utf-8"), ("/playground/app.css", "playground.css", "text/css; charset=utf-8")];

    public static void MapPlayground(this IEndpointRouteBuilder routes)
    {
        foreach ((string path, string resource, string type) in Files) routes.MapGet(path, (HttpContext http) => SendAsync(http, resource, type));
    }

    private static async Task SendAsync(HttpContext http, string resource, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-cache";
        await using Stream file = typeof(PlaygroundEndpoints).Assembly.GetManifestResourceStream(resource)!;
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
