using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Hosting;

internal static class JsonResponse
{
    public static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        write(json);
    }
}
