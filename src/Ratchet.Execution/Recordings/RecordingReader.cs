using System.Text.Json;

namespace Ratchet.Execution.Recordings;

/// <summary>Reads a recording's folder back. The log is not read: a replay makes its own.</summary>
public static class RecordingReader
{
    /// <summary>Whether the folder looks like one.</summary>
    public static bool IsRecording(string folder) => File.Exists(Path.Join(folder, RecordingFiles.Summary));

    /// <exception cref="RatchetException">The folder is no recording, or one of its files is damaged; names the file.</exception>
    public static Recording Read(string folder)
    {
        JsonElement summary = ReadJson(folder, RecordingFiles.Summary)
            ?? throw new RatchetException($"{folder} is no recording: it has no {RecordingFiles.Summary}.");
        try
        {
            JsonElement input = ReadJson(folder, RecordingFiles.Input) ?? throw new RatchetException($"{folder} has no {RecordingFiles.Input}.");
            return RecordingJson.ReadSummary(summary, input, folder) with
            {
                Output = ReadJson(folder, RecordingFiles.Output),
                Failure = ReadJson(folder, RecordingFiles.Failure) is { } failure ? RecordingJson.ReadFailure(failure) : null,
                Exchanges = ReadJson(folder, RecordingFiles.Http) is { } har ? HarReader.Read(har) : [],
                Trace = ReadJson(folder, RecordingFiles.Trace) is { } trace ? TraceJson.Read(trace) : null,
            };
        }
        catch (Exception error) when (RecordingJson.IsOfShape(error))
        {
            throw new RatchetException($"{Path.Join(folder, RecordingFiles.Summary)} or {RecordingFiles.Failure} is damaged: {error.Message}", error);
        }
    }

    private static JsonElement? ReadJson(string folder, string name)
    {
        string path = Path.Join(folder, name);
        try
        {
            if (!File.Exists(path)) return null;
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RatchetException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
