using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ratchet.Gateway.OpenApi;

/// <summary>/openapi/v1.json: made when it is first asked for, and kept.</summary>
internal static class ApiDocumentEndpoint
{
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        var document = new Lazy<Task<(byte[] Body, string Tag)>>(() => MakeAsync(routes.ServiceProvider));
        routes.MapGet($"/openapi/{ApiDocument.Name}.json", async (HttpContext http) =>
        {
            (byte[] body, string tag) = await document.Value;
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch == tag)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        });
    }

    private static async Task<(byte[] Body, string Tag)> MakeAsync(IServiceProvider services)
    {
        // Whoever asked first may go away: the document is for all.
        byte[] body = await ApiDocument.WriteAsync(services, CancellationToken.None);
        return (body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"");
    }
}
