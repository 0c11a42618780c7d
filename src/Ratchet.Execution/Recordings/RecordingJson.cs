using System.Text.Json;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Recordings;

/// <summary>The parts of a recording that its folder and its document have in common.</summary>
internal static class RecordingJson
{
    /// <summary>Raised when a reader of the older form could misread the newer one. Form 1 had no trace and no ids.</summary>
    public const int FormatVersion = 2;

    /// <summary>The members of the summary, without the braces around them.</summary>
    public static void WriteSummary(Utf8JsonWriter json, Recording recording)
    {
        json.WriteNumber("format", FormatVersion);
        json.WriteStartObject("task");
        json.WriteString("name", recording.Task.Name);
        json.WriteString("version", recording.Task.Version);
        json.WriteString("digest", recording.Task.Digest);
        json.WriteEndObject();
        json.WriteString("execution", recording.Execution);
        if (recording.Job is { } job) json.WriteString("job", job);
        json.WriteNumber("attempt", recording.Attempt);
        json.WriteNumber("timeoutMs", recording.Timeout.TotalMilliseconds);
        json.WriteString("startedAt", recording.StartedAt);
        json.WriteString("finishedAt", recording.FinishedAt);
        json.WriteNumber("durationMs", (recording.FinishedAt - recording.StartedAt).TotalMilliseconds);
        json.WriteString("outcome", (recording.Failure is null ? JobState.Completed : JobState.Failed).Name());
        json.WriteBoolean("complete", recording.Complete);
    }

    /// <summary>The recording that a summary is of, without its other parts.</summary>
    /// <param name="place">What to call it in an error.</param>
    /// <exception cref="RatchetException">It is of a form that this version does not read.</exception>
    public static Recording ReadSummary(JsonElement summary, JsonElement input, string place)
    {
        int format = summary.GetProperty("format").GetInt32();
        if (format is < 1 or > FormatVersion) throw new RatchetException($"{place} has recording format {format}; this version reads 1 to {FormatVersion}.");
        JsonElement task = summary.GetProperty("task");
        return new Recording
        {
            Task = new TaskReference(Text(task, "name"), Text(task, "version"), Text(task, "digest")),
            Execution = summary.TryGetProperty("execution", out JsonElement execution) ? execution.GetGuid() : Guid.Empty,
            Job = summary.TryGetProperty("job", out JsonElement job) ? job.GetGuid() : null,
            Attempt = summary.GetProperty("attempt").GetInt32(),
            Timeout = TimeSpan.FromMilliseconds(summary.GetProperty("timeoutMs").GetDouble()),
            StartedAt = summary.GetProperty("startedAt").GetDateTimeOffset(),
            FinishedAt = summary.GetProperty("finishedAt").GetDateTimeOffset(),
            Complete = !summary.TryGetProperty("complete", out JsonElement complete) || complete.GetBoolean(),
            Input = input,
        };
    }

    public static void WriteFailure(Utf8JsonWriter json, Failure failure)
    {
        json.WriteStartObject();
        json.WriteString("kind", failure.Kind.ToString());
        json.WriteString("name", failure.Name);
        json.WriteString("message", failure.Message);
        if (failure.Stack is not null) json.WriteString("stack", failure.Stack);
        if (failure.Details is not null)
        {
            json.WritePropertyName("details");
            json.WriteRawValue(failure.Details);
        }

        json.WriteEndObject();
    }

    public static Failure ReadFailure(JsonElement failure) => new(
        Enum.TryParse(failure.GetProperty("kind").GetString(), out FailureKind kind) ? kind : FailureKind.TaskError,
        Text(failure, "name"),
        Text(failure, "message"),
        failure.TryGetProperty("stack", out JsonElement stack) ? stack.GetString() : null,
        failure.TryGetProperty("details", out JsonElement details) ? details.GetRawText() : null);

    public static void WriteLogEntry(Utf8JsonWriter json, LogEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("level", entry.Level);
        json.WriteNumber("offsetUs", entry.Offset);
        json.WriteString("message", entry.Message);
        json.WriteEndObject();
    }

    public static LogEntry ReadLogEntry(JsonElement entry) => new(Text(entry, "level"), entry.GetProperty("offsetUs").GetInt64(), Text(entry, "message"));

    /// <summary>Whether an error is one that reading JSON of another shape gives.</summary>
    public static bool IsOfShape(Exception error) => error is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or JsonException;

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString() ?? throw new FormatException($"`{key}` is null.");
}
