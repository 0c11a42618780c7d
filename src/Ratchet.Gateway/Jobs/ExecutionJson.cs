using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>An execution as JSON: within its job, or by itself and then with the names of its job, task and queue.</summary>
internal static class ExecutionJson
{
    /// <summary>What an execution in a list may have; its output and log are in the answer with one execution alone.</summary>
    public static IReadOnlyList<string> ListMembers { get; } =
        ["id", "job", "task", "version", "queue", "attempt", "outcome", "startedAt", "finishedAt", "node", "incarnation", "failure", "recorded"];

    /// <summary>As its job shows it.</summary>
    public static void Write(Utf8JsonWriter json, ExecutionView execution) => Write(json, execution, alone: false, withLog: true);

    /// <summary>As lists show it.</summary>
    public static void WriteListed(Utf8JsonWriter json, ExecutionView execution) => Write(json, execution, alone: true, withLog: false);

    /// <summary>By itself, whole.</summary>
    public static void WriteAlone(Utf8JsonWriter json, ExecutionView execution) => Write(json, execution, alone: true, withLog: true);

    private static void Write(Utf8JsonWriter json, ExecutionView execution, bool alone, bool withLog)
    {
        json.WriteStartObject();
        json.WriteString("id", execution.Id);
        if (alone)
        {
            json.WriteString("job", execution.Job.ToString());
            if (execution.Task is not null) json.WriteString("task", execution.Task);
            if (execution.TaskVersion is not null) json.WriteString("version", execution.TaskVersion);
            if (execution.Queue is not null) json.WriteString("queue", execution.Queue);
        }

        json.WriteNumber("attempt", execution.Attempt);
        json.WriteString("outcome", execution.Outcome);
        json.WriteString("startedAt", execution.StartedAt);
        json.WriteString("finishedAt", execution.FinishedAt);
        json.WriteWorker("node", execution.Node);
        JobJson.Raw(json, "output", execution.Output);
        if (execution.Failure is not null) JobJson.WriteFailure(json, execution.Failure);
        json.WriteBoolean("recorded", execution.Recorded);
        if (withLog) WriteLog(json, execution.Log);
        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, IReadOnlyList<LogEntry> log)
    {
        json.WriteStartArray("log");
        foreach (LogEntry entry in log)
        {
            json.WriteStartObject();
            json.WriteString("level", entry.Level);
            json.WriteNumber("offset", entry.Offset);
            json.WriteString("message", entry.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
