using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>One line of a job's log as JSON.</summary>
/// <param name="Line">Its number in the execution, from 1.</param>
internal readonly record struct LogLineJson(Guid Execution, int Attempt, int Line, DateTimeOffset StartedAt, LogEntry Entry)
{
    public static IEnumerable<LogLineJson> Of(ExecutionView execution) =>
        execution.Log.Select((entry, index) => new LogLineJson(execution.Id, execution.Attempt, index + 1, execution.StartedAt, entry));

    public static IEnumerable<LogLineJson> Of(JobLogPart part) =>
        part.Lines.Select((entry, index) => new LogLineJson(part.Execution, part.Attempt, part.From + index + 1, part.StartedAt, entry));

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("execution", Execution);
        json.WriteNumber("attempt", Attempt);
        json.WriteNumber("line", Line);
        json.WriteString("at", StartedAt + TimeSpan.FromMicroseconds(Entry.Offset));
        json.WriteNumber("offset", Entry.Offset);
        json.WriteString("level", Entry.Level);
        json.WriteString("message", Entry.Message);
        json.WriteEndObject();
    }
}
