using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Protection;
using Ratchet.Tasks;

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
            Write(writer, problem, http.Request.Path);
        }
    }

    /// <summary>Writes a problem as an object, by itself or within an answer.</summary>
    public static void Write(Utf8JsonWriter writer, Problem problem, string? instance)
    {
        writer.WriteStartObject();
        writer.WriteString("type", problem.Type);
        writer.WriteString("title", problem.Title);
        writer.WriteNumber("status", problem.Status);
        writer.WriteString("detail", problem.Detail);
        if (instance is not null) writer.WriteString("instance", instance);
        foreach ((string name, string value) in problem.Extensions) writer.WriteString(name, value);
        if (problem.Errors.Count + problem.Files.Count > 0) WriteErrors(writer, problem);
        writer.WriteEndObject();
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

        foreach (TaskUploadProblem place in problem.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("file", place.File);
            if (place.Line > 0) writer.WriteNumber("line", place.Line);
            if (place.Column > 0) writer.WriteNumber("column", place.Column);
            writer.WriteString("detail", place.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
