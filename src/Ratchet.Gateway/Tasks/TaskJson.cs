using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>A task as JSON.</summary>
public static class TaskJson
{
    public static IReadOnlyList<string> ListMembers { get; } =
        ["name", "uuid", "version", "label", "description", "digest", "enabled", "mode", "circuit", "source", "sourceGone", "createdAt", "createdBy"];

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
        json.WriteTexts("versions", task.Versions);
        WritePackage(json, package);
        json.WriteEndObject();
    }

    public static void WriteVersion(Utf8JsonWriter json, TaskVersionView version)
    {
        json.WriteStartObject();
        WriteFields(json, version);
        json.WriteEndObject();
    }

    public static void WriteVersion(Utf8JsonWriter json, TaskVersionDetails version)
    {
        json.WriteStartObject();
        WriteFields(json, version.View);
        WritePackage(json, version.Package);
        json.WriteEndObject();
    }

    /// <summary>Within an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, TaskVersionView version)
    {
        json.WriteString("name", version.Reference.Name);
        json.WriteString("uuid", version.Uuid);
        json.WriteString("version", version.Reference.Version);
        json.WriteString("label", version.Label);
        json.WriteString("description", version.Description);
        json.WriteString("digest", version.Reference.Digest);
        json.WriteBoolean("current", version.Current);
        json.WriteBoolean("enabled", version.Enabled);
        json.WriteString("source", version.Source);
        json.WriteString("createdAt", version.CreatedAt);
        json.WriteString("createdBy", version.CreatedBy);
    }

    public static void WritePromotion(Utf8JsonWriter json, TaskPromotion promotion)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", promotion.Sequence);
        json.WriteString("at", promotion.At);
        json.WriteString("kind", promotion.Kind.Name());
        json.WriteString("version", promotion.Version);
        json.WriteString("digest", promotion.Digest);
        json.WriteString("actor", promotion.Actor);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, TaskPackage package)
    {
        json.WritePropertyName("inputSchema");
        json.WriteRawValue(package.InputSchema);
        json.WritePropertyName("outputSchema");
        json.WriteRawValue(package.OutputSchema);
        WriteExecution(json, package.Execution);
        if (package.Execution.Cache is { } cache) CacheJson.WritePolicy(json, cache);
        WriteRetry(json, package.Retry);
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
        WriteGate(json, task.Gate);
        json.WriteString("source", package.Source);
        json.WriteBoolean("sourceGone", task.SourceGone);
        json.WriteString("createdAt", task.CreatedAt);
        json.WriteString("createdBy", task.CreatedBy);
    }

    private static void WriteGate(Utf8JsonWriter json, TaskGate gate)
    {
        json.WriteString("mode", gate.Mode.Name());
        json.WriteStartObject("circuit");
        json.WriteString("state", gate.Circuit switch
        {
            CircuitState.Open => "OPEN",
            CircuitState.HalfOpen => "HALF_OPEN",
            _ => "CLOSED",
        });
        json.WriteInstant("openUntil", gate.OpenUntil);
        json.WriteEndObject();
    }

    private static void WriteExecution(Utf8JsonWriter json, TaskExecutionOptions execution)
    {
        json.WriteStartObject("execution");
        json.WriteNumber("timeoutMs", execution.Timeout.TotalMilliseconds);
        json.WriteString("context", execution.Context == ContextMode.Warm ? "warm" : "fresh");
        json.WriteNumber("heapMb", execution.HeapMb);
        json.WriteString("record", execution.Record.Name());
        json.WriteBoolean("codeGeneration", execution.CodeGeneration);
        if (execution.Limits is { } limits) WriteLimits(json, limits);
        json.WriteEndObject();
        if (execution.Breaker is not { } breaker) return;
        json.WriteStartObject("circuitBreaker");
        json.WriteNumber("failureRatio", breaker.FailureRatio);
        json.WriteNumber("minimumThroughput", breaker.MinimumThroughput);
        json.WriteNumber("samplingMs", breaker.Sampling.TotalMilliseconds);
        json.WriteNumber("breakMs", breaker.Break.TotalMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>Those that the task has set.</summary>
    private static void WriteLimits(Utf8JsonWriter json, TaskLimits limits)
    {
        if (limits.CpuTime is { } cpu) json.WriteNumber("cpuTimeMs", cpu.TotalMilliseconds);
        if (limits.ArrayBufferMb is { } buffers) json.WriteNumber("arrayBufferMb", buffers);
        if (limits.OutputBytes is { } output) json.WriteNumber("outputBytes", output);
        if (limits.LogLines is { } lines) json.WriteNumber("logLines", lines);
        if (limits.LogBytes is { } bytes) json.WriteNumber("logBytes", bytes);
        if (limits.JsonDepth is { } depth) json.WriteNumber("jsonDepth", depth);
    }

    private static void WriteRetry(Utf8JsonWriter json, RetryPolicy retry)
    {
        json.WriteStartObject("retry");
        json.WriteNumber("maxAttempts", retry.MaxAttempts);
        json.WriteString("strategy", BackoffStrategies.Name(retry.Strategy));
        json.WriteNumber("initialDelayMs", retry.InitialDelay.TotalMilliseconds);
        json.WriteNumber("maxDelayMs", retry.MaxDelay.TotalMilliseconds);
        json.WriteNumber("factor", retry.Factor);
        json.WriteBoolean("jitter", retry.Jitter);
        json.WriteStartArray("delaysMs");
        foreach (TimeSpan delay in retry.Delays) json.WriteNumberValue(delay.TotalMilliseconds);
        json.WriteEndArray();
        if (retry.MaxElapsed is { } most) json.WriteNumber("maxElapsedMs", most.TotalMilliseconds);
        json.WriteTexts("retryOn", retry.RetryOn);
        json.WriteTexts("noRetryOn", retry.NoRetryOn);
        json.WriteEndObject();
    }
}
