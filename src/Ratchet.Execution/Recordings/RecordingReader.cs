using System.Text.Json;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Recordings;

/// <summary>Reads a recording's folder back. The log is not read: a replay makes its own.</summary>
public static class RecordingReader
{
    /// <exception cref="RatchetException">The folder is no recording, or one of its files is damaged; names the file.</exception>
    public static Recording Read(string folder)
    {
        JsonElement summary = ReadJson(folder, RecordingFiles.Summary)
            ?? throw new RatchetException($"{folder} is no recording: it has no {RecordingFiles.Summary}.");
        try
        {
            int format = summary.GetProperty("format").GetInt32();
            if (format != RecordingFiles.FormatVersion)
            {
                throw new RatchetException($"{folder} has recording format {format}; this version reads {RecordingFiles.FormatVersion}.");
            }

            JsonElement task = summary.GetProperty("task");
            return new Recording
            {
                Task = new TaskReference(Text(task, "name"), Text(task, "version"), Text(task, "digest")),
                Attempt = summary.GetProperty("attempt").GetInt32(),
                Timeout = TimeSpan.FromMilliseconds(summary.GetProperty("timeoutMs").GetDouble()),
                StartedAt = summary.GetProperty("startedAt").GetDateTimeOffset(),
                FinishedAt = summary.GetProperty("finishedAt").GetDateTimeOffset(),
                Input = ReadJson(folder, RecordingFiles.Input) ?? throw new RatchetException($"{folder} has no {RecordingFiles.Input}."),
                Output = ReadJson(folder, RecordingFiles.Output),
                Failure = ReadJson(folder, RecordingFiles.Failure) is { } failure ? ReadFailure(failure) : null,
                Exchanges = ReadJson(folder, RecordingFiles.Http) is { } har ? HarReader.Read(har) : [],
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new RatchetException($"{Path.Join(folder, RecordingFiles.Summary)} or {RecordingFiles.Failure} is damaged: {error.Message}", error);
        }
    }

    private static Failure ReadFailure(JsonElement failure) => new(
        Enum.TryParse(failure.GetProperty("kind").GetString(), out FailureKind kind) ? kind : FailureKind.TaskError,
        Text(failure, "name"),
        Text(failure, "message"),
        failure.TryGetProperty("stack", out JsonElement stack) ? stack.GetString() : null,
        failure.TryGetProperty("details", out JsonElement details) ? details.GetRawText() : null);

    private static string Text(JsonElement element, string key) =>
        element.GetProperty(key).GetString() ?? throw new FormatException($"`{key}` is null.");

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
