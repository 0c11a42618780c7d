using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Execution.Recordings;

/// <summary>Writes a recording as a folder of its own below a directory. It appears whole or not at all: written beside its place, then renamed.</summary>
public static class RecordingWriter
{
    // Recordings are read by people; nothing embeds them in HTML.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = Indented with { Indented = false };

    /// <summary>Returns the new folder's absolute path: <c>DIRECTORY/20261123T151706.123Z_addition</c>.</summary>
    /// <exception cref="RatchetException">The folder cannot be written, or one of that name is there.</exception>
    public static string Write(string directory, Recording recording)
    {
        string time = recording.StartedAt.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        string target = Path.Join(Path.GetFullPath(directory), $"{time}_{recording.Task.Name}");
        string temporary = target + ".partial";
        try
        {
            Directory.CreateDirectory(temporary);
            WriteFiles(temporary, recording);
            Directory.Move(temporary, target);
            return target;
        }
        catch (Exception error)
        {
            RemoveQuietly(temporary);
            if (error is not (IOException or UnauthorizedAccessException)) throw;
            throw new RatchetException($"The recording cannot be written to {target}: {error.Message}", error);
        }
    }

    private static void WriteFiles(string folder, Recording recording)
    {
        WriteJson(folder, RecordingFiles.Summary, json =>
        {
            json.WriteStartObject();
            RecordingJson.WriteSummary(json, recording);
            json.WriteEndObject();
        });
        WriteJson(folder, RecordingFiles.Input, recording.Input.WriteTo);
        if (recording.Output is { } output) WriteJson(folder, RecordingFiles.Output, output.WriteTo);
        if (recording.Failure is { } failure) WriteJson(folder, RecordingFiles.Failure, json => RecordingJson.WriteFailure(json, failure));
        WriteJson(folder, RecordingFiles.Http, json => HarWriter.Write(json, recording.Exchanges));
        if (recording.Trace is { } trace) WriteJson(folder, RecordingFiles.Trace, json => TraceJson.Write(json, trace));
        WriteLog(folder, recording.Log);
    }

    private static void WriteLog(string folder, IReadOnlyList<LogEntry> log)
    {
        using FileStream file = File.Create(Path.Join(folder, RecordingFiles.Log));
        foreach (LogEntry entry in log)
        {
            using (Utf8JsonWriter json = new(file, OneLine)) RecordingJson.WriteLogEntry(json, entry);

            file.WriteByte((byte)'\n');
        }
    }

    private static void WriteJson(string folder, string name, Action<Utf8JsonWriter> write)
    {
        using FileStream file = File.Create(Path.Join(folder, name));
        using (Utf8JsonWriter json = new(file, Indented)) write(json);
        file.WriteByte((byte)'\n');
    }

    private static void RemoveQuietly(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
