using System.Text.Json;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>A task as JSON.</summary>
public static class TaskJson
{
    public static void WriteSummary(Utf8JsonWriter json, TaskView task)
    {
        json.WriteStartObject();
        WriteFields(json, task);
        json.WriteEndObject();
    }

    public static void WriteWhole(Utf8JsonWriter json, TaskView task)
    {
        TaskPackage package = task.Current;
        json.WriteStartObject();
        WriteFields(json, task);
        json.WriteStartArray("versions");
        foreach (string version in task.Versions) json.WriteStringValue(version);
        json.WriteEndArray();
        json.WritePropertyName("inputSchema");
        json.WriteRawValue(package.InputSchema);
        json.WritePropertyName("outputSchema");
        json.WriteRawValue(package.OutputSchema);
        WriteExecution(json, package.Execution);
        WriteRetry(json, package.Retry);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, TaskView task)
    {
        TaskPackage package = task.Current;
        json.WriteString("name", package.Name);
        json.WriteString("uuid", package.Uuid);
        json.WriteString("version", package.Version);
        json.WriteString("label", package.Label);
        json.WriteString("description", package.Description);
        json.WriteString("digest", package.Digest);
        json.WriteBoolean("enabled", task.Enabled);
        json.WriteString("source", package.Source);
        json.WriteString("createdAt", task.CreatedAt);
    }

    private static void WriteExecution(Utf8JsonWriter json, TaskExecutionOptions execution)
    {
        json.WriteStartObject("execution");
        json.WriteNumber("timeoutMs", execution.Timeout.TotalMilliseconds);
        json.WriteString("context", execution.Context == ContextMode.Warm ? "warm" : "fresh");
        json.WriteNumber("heapMb", execution.HeapMb);
        json.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter json, RetryPolicy retry)
    {
        json.WriteStartObject("retry");
        json.WriteNumber("maxAttempts", retry.MaxAttempts);
        json.WriteNumber("initialDelayMs", retry.InitialDelay.TotalMilliseconds);
        json.WriteNumber("maxDelayMs", retry.MaxDelay.TotalMilliseconds);
        json.WriteNumber("factor", retry.Factor);
        json.WriteBoolean("jitter", retry.Jitter);
        WriteNames(json, "retryOn", retry.RetryOn);
        WriteNames(json, "noRetryOn", retry.NoRetryOn);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
