using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Recordings;

namespace Ratchet.Gateway.Recordings;

/// <summary>Recordings of executions.</summary>
public static class RecordingEndpoints
{
    private static readonly ListReader<RecordingField, RecordingView> Reader =
        new(RecordingList.Schema, ["execution", "job", "task", "version", "attempt", "outcome", "createdAt", "size"]);

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/executions/{id}/recording", GetAsync).Describe("getRecording", "Get an execution's recording", op => op
            .Path("id", Schema.Uuid())
            .Answer(200, "The recording, as one JSON document.", Schema.AnyObject("All that the execution asked the world for, in order.")));
        routes.MapGet("/api/v1/tasks/{name}/recordings", ListAsync).Describe("listRecordings", "List a task's recordings, newest first", op => Reader.Describe(op, "Of the newest 1,000 recordings.", RecordingSchemas.Recording));
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

    /// <summary>Of the task's newest <see cref="Limits.ListRows"/>.</summary>
    private static async Task ListAsync(HttpContext http, string name, IGrainFactory grains)
    {
        ListRequest<RecordingField> request = Reader.Read(http.Request.Query);
        IReadOnlyList<RecordingView> newest = await grains.GetGrain<IRecordingGrain>(0).ListAsync(http.Tenant(), name, null, Limits.ListRows, http.RequestAborted);
        await ListResponse.WriteAsync(http, RecordingList.Schema, request, RecordingList.Schema.Page(newest, request.Query), Write);
    }

    private static void Write(Utf8JsonWriter json, RecordingView recording)
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

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
}
