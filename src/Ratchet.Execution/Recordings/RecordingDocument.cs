using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Execution.Recordings;

/// <summary>A recording as one JSON document, as the server keeps and gives it: the summary's members, and the folder's other files as members of their own.</summary>
public static class RecordingDocument
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compressed with Brotli (RFC 7932), secrets in headers redacted.</summary>
    public static byte[] Pack(Recording recording)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(document, Options)) Write(json, recording);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest)) brotli.Write(document.WrittenSpan);
        return packed.ToArray();
    }

    /// <exception cref="RatchetException">It is no recording, or one of a form that this version does not read.</exception>
    /// <param name="place">What to call it in an error.</param>
    public static Recording Read(ReadOnlyMemory<byte> document, string place)
    {
        try
        {
            JsonElement json = JsonElement.Parse(document.Span);
            return RecordingJson.ReadSummary(json, json.GetProperty("input"), place) with
            {
                Output = json.TryGetProperty("output", out JsonElement output) ? output : null,
                Failure = json.TryGetProperty("failure", out JsonElement failure) ? RecordingJson.ReadFailure(failure) : null,
                Log = [.. json.GetProperty("log").EnumerateArray().Select(RecordingJson.ReadLogEntry)],
                Trace = json.TryGetProperty("trace", out JsonElement trace) ? TraceJson.Read(trace) : null,
                Exchanges = HarReader.Read(json.GetProperty("http")),
            };
        }
        catch (Exception error) when (RecordingJson.IsOfShape(error))
        {
            throw new RatchetException($"{place} is no recording that can be read: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter json, Recording recording)
    {
        json.WriteStartObject();
        RecordingJson.WriteSummary(json, recording);
        json.WritePropertyName("input");
        recording.Input.WriteTo(json);
        if (recording.Output is { } output)
        {
            json.WritePropertyName("output");
            output.WriteTo(json);
        }

        if (recording.Failure is { } failure)
        {
            json.WritePropertyName("failure");
            RecordingJson.WriteFailure(json, failure);
        }

        json.WriteStartArray("log");
        foreach (LogEntry entry in recording.Log) RecordingJson.WriteLogEntry(json, entry);
        json.WriteEndArray();
        if (recording.Trace is { } trace)
        {
            json.WritePropertyName("trace");
            TraceJson.Write(json, trace);
        }

        json.WritePropertyName("http");
        HarWriter.Write(json, recording.Exchanges);
        json.WriteEndObject();
    }
}
