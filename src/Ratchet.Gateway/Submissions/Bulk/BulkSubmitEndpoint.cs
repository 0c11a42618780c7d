using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Submissions.Bulk;

/// <summary>POST /api/v1/jobs/bulk: many jobs in one request, each with a result of its own, in their order.</summary>
public static class BulkSubmitEndpoint
{
    private const string Lines = "application/x-ndjson";

    /// <summary>Room for a job's fields beside its input.</summary>
    private const int EnvelopeBytes = 64 << 10;

    /// <summary>Chunks of one request on their way at once; when the client does not take results, it is not read from either.</summary>
    private const int ChunksUnderWay = 4;

    public static void MapBulkSubmit(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/jobs/bulk", SubmitAsync).Describe("submitJobs", "Submit many jobs", op => op
        .Says($"Each job has a result of its own, in their order; what is wrong with one holds up no other. An array has at most {Limits.BulkItems} jobs and is submitted when all of it is there; lines have no end, and are submitted as they come.")
        .Header("traceparent", Schema.Text("W3C Trace Context; it is kept with each job."))
        .Takes(Schema.List(SubmissionSchemas.Job.Reference(), Limits.BulkItems), $"[{SubmissionSchemas.Example}]", "application/json")
        .Takes(SubmissionSchemas.Job.Reference(), SubmissionSchemas.Example, Lines)
        .Answer(200, "A result a job, in the form that the jobs came in.", Schema.List(SubmissionSchemas.BulkResult), """[{"index":0,"status":201,"id":"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a","state":"QUEUED"}]""")
        .Answer(200, "", SubmissionSchemas.BulkResult, """{"index":0,"status":201,"id":"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a","state":"QUEUED"}""", Lines));

    private static async Task SubmitAsync(HttpContext http, IGrainFactory grains)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
            throw new ProblemException(Problem.Malformed("One Idempotency-Key cannot stand for many jobs: give each its own as the field idempotencyKey."));
        bool lines = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase);
        string? traceParent = TraceContext.Of(http.Request.Headers);
        if (lines) await WriteAsync(http, grains, ReadLines(http, traceParent), Lines);
        else await WriteAsync(http, grains, await ReadArrayAsync(http, traceParent), "application/json");
    }

    private static IAsyncEnumerable<List<BulkItem>> ReadLines(HttpContext http, string? traceParent)
    {
        RequestBody.RefuseEncoded(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        return BulkLines.ChunksAsync(http.Request.BodyReader, Limits.InputBytes + EnvelopeBytes, traceParent, http.RequestAborted);
    }

    private static async Task<IAsyncEnumerable<List<BulkItem>>> ReadArrayAsync(HttpContext http, string? traceParent)
    {
        if (!http.Request.HasJsonContentType()) throw new ProblemException(Problem.MediaType($"Send the jobs as application/json, an array, or as {Lines}, in UTF-8."));
        byte[] body = await RequestBody.ReadJsonAsync(http, Limits.BulkBytes);
        return Chunks(body, BulkArray.Items(body), traceParent);
    }

    private static async IAsyncEnumerable<List<BulkItem>> Chunks(byte[] body, List<Range> items, string? traceParent)
    {
        var chunk = new List<BulkItem>();
        foreach (Range item in items)
        {
            chunk.Add(BulkItem.Read(body.AsSpan(item), traceParent));
            if (chunk.Count < Limits.SubmitBatch) continue;
            yield return chunk;
            chunk = [];
        }

        if (chunk.Count > 0) yield return chunk;
        await Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext http, IGrainFactory grains, IAsyncEnumerable<List<BulkItem>> chunks, string type)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var underWay = Channel.CreateBounded<Task<BulkResult[]>>(new BoundedChannelOptions(ChunksUnderWay) { SingleReader = true, SingleWriter = true });
        Task submitting = SubmitAllAsync(new BulkSubmitter(grains, http.Tenant()), chunks, underWay.Writer, stop.Token);
        http.Response.ContentType = type;
        try
        {
            await WriteResultsAsync(http, underWay.Reader, asLines: type == Lines);
        }
        finally
        {
            await stop.CancelAsync();
            await submitting;
        }
    }

    /// <summary>Never fails by itself: what went wrong is told to who reads the channel.</summary>
    private static async Task SubmitAllAsync(BulkSubmitter submitter, IAsyncEnumerable<List<BulkItem>> chunks, ChannelWriter<Task<BulkResult[]>> to, CancellationToken cancel)
    {
        try
        {
            // What was read is submitted to its end, though nobody may be there to hear of it.
            await foreach (List<BulkItem> chunk in chunks.WithCancellation(cancel)) await to.WriteAsync(submitter.SubmitAsync(chunk, CancellationToken.None), cancel);
            to.Complete();
        }
        catch (Exception e)
        {
            to.Complete(e);
        }
    }

    private static async Task WriteResultsAsync(HttpContext http, ChannelReader<Task<BulkResult[]>> from, bool asLines)
    {
        long index = 0;
        using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        if (!asLines) json.WriteStartArray();
        await foreach (Task<BulkResult[]> chunk in from.ReadAllAsync(http.RequestAborted))
        {
            foreach (BulkResult result in await chunk)
            {
                Write(json, index++, result);
                if (asLines) EndLine(http, json);
            }

            json.Flush();
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        if (asLines) return;
        json.WriteEndArray();
        json.Flush();
    }

    private static void EndLine(HttpContext http, Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset(http.Response.BodyWriter);
        http.Response.BodyWriter.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, long index, BulkResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (result.Problem is { } problem)
        {
            json.WriteNumber("status", problem.Status);
            json.WritePropertyName("problem");
            ProblemWriter.Write(json, problem, null);
        }
        else
        {
            JobView job = result.Accepted!.Job!;
            json.WriteNumber("status", result.Accepted.Existing ? StatusCodes.Status200OK : StatusCodes.Status201Created);
            json.WriteString("id", job.Id.Value);
            json.WriteString("state", job.State.Name());
        }

        json.WriteEndObject();
    }
}
