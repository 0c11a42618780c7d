using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ratchet.Gateway.OpenApi;

/// <summary>/docs: the description as pages, by Scalar. All of it is in this assembly; a browser loads nothing from elsewhere, and is told that it may not.</summary>
internal static class DocsEndpoints
{
    /// <summary>Scalar sets styles on elements, which only 'unsafe-inline' allows; scripts come from this server's files alone.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        Lazy<byte[]> page = new(() => Resource("docs.index.html")), start = new(() => Resource("docs.start.js")), script = new(() => Resource("docs.scalar.js.br"));
        routes.MapGet("/docs", http => WriteAsync(http, page.Value, "text/html; charset=utf-8"));
        routes.MapGet("/docs/start.js", http => WriteAsync(http, start.Value, "text/javascript; charset=utf-8"));
        routes.MapGet("/docs/scalar.js", http => WriteScriptAsync(http, script.Value));
    }

    private static async Task WriteAsync(HttpContext http, byte[] body, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentSecurityPolicy = PagePolicy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>As it is kept, to a client that takes Brotli; unpacked otherwise.</summary>
    private static async Task WriteScriptAsync(HttpContext http, byte[] packed)
    {
        http.Response.Headers.Vary = "Accept-Encoding";
        if (http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0))
        {
            http.Response.Headers.ContentEncoding = "br";
            await WriteAsync(http, packed, "text/javascript; charset=utf-8");
            return;
        }

        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await using var script = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        await script.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
