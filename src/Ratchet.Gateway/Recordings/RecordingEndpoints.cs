using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Recordings;

namespace Ratchet.Gateway.Recordings;

/// <summary>Recordings of executions.</summary>
public static class RecordingEndpoints
{
    private const int DefaultRows = 20;

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/executions/{id}/recording", GetAsync).Describe("getRecording", "Get an execution's recording", op => op
            .Path("id", Schema.Uuid())
            .Answer(200, "The recording, as one JSON document.", Schema.AnyObject("All that the execution asked the world for, in order.")));
        routes.MapGet("/api/v1/tasks/{name}/recordings", ListAsync).Describe("listRecordings", "List a task's recordings, newest first", op => op
            .Query("limit", Schema.Integer("How many.", 1, Limits.ListRows))
            .Query("outcome", Schema.Word(["COMPLETED", "FAILED", "LOST", "CANCELLED"], "Of the executions."))
            .Answer(200, "The recordings.", Schema.List(RecordingSchemas.Recording)));
    }

    /// <summary>The document as it is kept, to a client that takes Brotli; unpacked otherwise.</summary>
    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains)
    {
        byte[]? packed = Guid.TryParse(id, out Guid execution)
            ? await grains.GetGrain<IRecordingGrain>(0).ReadAsync(http.Tenant(), execution, http.RequestAborted)
            : null;
        if (packed is null) throw new ProblemException(Problem.NotFound($"There is no recording of an execution '{id}': its task or job did not ask for one, or it was kept long enough."));
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (AcceptsBrotli(http.Request))
        {
            http.Response.Headers.ContentEncoding = "br";
            await http.Response.Body.WriteAsync(packed, http.RequestAborted);
            return;
        }

        await using var document = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        await document.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task ListAsync(HttpContext http, string name, IGrainFactory grains)
    {
        (int limit, string? outcome) = RecordingListRequest.Read(http.Request.Query, DefaultRows);
        IReadOnlyList<RecordingView> found = await grains.GetGrain<IRecordingGrain>(0).ListAsync(http.Tenant(), name, outcome, limit, http.RequestAborted);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (RecordingView recording in found)
            {
                json.WriteStartObject();
                json.WriteString("execution", recording.Execution);
                json.WriteString("job", recording.Job.ToString());
                json.WriteString("task", recording.Task);
                json.WriteString("version", recording.Version);
                json.WriteNumber("attempt", recording.Attempt);
                json.WriteString("outcome", recording.Outcome);
                json.WriteInstant("createdAt", recording.CreatedAt);
                json.WriteNumber("size", recording.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
}
