using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Jobs;

namespace Ratchet.Cli.Sandboxes;

/// <summary>An execution's log and failure on stderr.</summary>
internal static class OutcomeMessages
{
    public static void WriteLog(IReadOnlyList<LogEntry> log)
    {
        foreach (LogEntry entry in log)
        {
            Messages.Note(string.Create(CultureInfo.InvariantCulture, $"[{entry.Level} +{entry.Offset / 1000.0:0.0}ms] {entry.Message}"));
        }
    }

    /// <summary><c>error: Name: message</c>, the places where a value does not match its schema, and where in <c>main.js</c> it happened.</summary>
    public static void WriteFailure(Failure failure)
    {
        Messages.Error($"{failure.Name}: {failure.Message}");
        foreach (string line in DetailLines(failure.Details)) Messages.Note($"  {line}");
        foreach (string frame in StackFrames.Of(failure.Stack)) Messages.Note($"    {frame}");
    }

    private static IEnumerable<string> DetailLines(string? details)
    {
        if (details is null) yield break;
        using JsonDocument document = JsonDocument.Parse(details);
        if (document.RootElement.ValueKind != JsonValueKind.Array) yield break;
        foreach (JsonElement error in document.RootElement.EnumerateArray())
        {
            string? pointer = error.TryGetProperty("pointer", out JsonElement at) ? at.GetString() : null;
            string? message = error.TryGetProperty("message", out JsonElement text) ? text.GetString() : error.GetRawText();
            yield return $"{(string.IsNullOrEmpty(pointer) ? "(the whole value)" : pointer)}: {message}";
        }
    }
}
