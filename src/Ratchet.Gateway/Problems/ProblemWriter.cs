using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Protection;

namespace Ratchet.Gateway.Problems;

internal static class ProblemWriter
{
    /// <summary>Writes a problem as the response, with Retry-After where it has one.</summary>
    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        // Which methods there are (RFC 9110, section 15.5.6) is known to routing alone.
        Microsoft.Extensions.Primitives.StringValues allow = http.Response.Headers.Allow;
        http.Response.Clear();
        http.Response.Headers.Allow = allow;
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        ResponseHeaders.Write(http);
        if (problem.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem.AcceptEncoding is { } codings) http.Response.Headers.AcceptEncoding = codings;
        if (problem.AcceptPatch is { } patches) http.Response.Headers["Accept-Patch"] = patches;
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteString("type", problem.Type);
            writer.WriteString("title", problem.Title);
            writer.WriteNumber("status", problem.Status);
            writer.WriteString("detail", problem.Detail);
            writer.WriteString("instance", http.Request.Path);
            foreach ((string name, string value) in problem.Extensions) writer.WriteString(name, value);
            if (problem.Errors.Count > 0) WriteErrors(writer, problem);
            writer.WriteEndObject();
        }
    }

    private static void WriteErrors(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartArray("errors");
        foreach ((string pointer, string detail) in problem.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", pointer);
            writer.WriteString("detail", detail);
            if (problem.Position is { } position && position.Pointer == pointer)
            {
                writer.WriteNumber("field", position.Field);
                writer.WriteNumber("offset", position.Offset);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
