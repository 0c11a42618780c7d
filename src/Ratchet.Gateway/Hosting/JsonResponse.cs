using System.Globalization;
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
        json.Flush();
        // All of it is in the writer's memory: its length spares the chunks, and tells what is too small to compress.
        http.Response.ContentLength = json.BytesCommitted;
    }

    /// <summary>A whole list: a bare array, and its length in <c>x-total-count</c>.</summary>
    public static Task WriteListAsync<T>(HttpContext http, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        http.Response.Headers["x-total-count"] = items.Count.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (T item in items) write(json, item);
            json.WriteEndArray();
        });
    }
}
