using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Submissions;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>A job as JSON. Payloads go out as the bytes that came in.</summary>
public static class JobJson
{
    /// <summary>What a job in a list may have; payloads and executions are in the answer with one job alone.</summary>
    public static IReadOnlyList<string> ListMembers { get; } =
    [
        "id", "tenant", "task", "version", "queue", "priority", "state", "attempts", "maxAttempts", "lostWorkers", "createdAt", "dueAt", "startedAt", "finishedAt", "deadline",
        "escalateAt", "fairnessKey", "concurrencyKey", "rateKey", "uniqueKey", "node", "incarnation", "cached", "cachedFrom", "idempotencyKey", "failure",
    ];

    public static void Write(Utf8JsonWriter json, JobView job)
    {
        json.WriteStartObject();
        json.WriteString("id", job.Id.ToString());
        json.WriteString("tenant", job.Tenant);
        json.WriteString("task", job.Task);
        json.WriteString("version", job.TaskVersion);
        json.WriteString("queue", job.Queue);
        json.WriteString("priority", job.Priority.Name());
        json.WriteString("state", job.State.Name());
        json.WriteNumber("attempts", job.Attempts);
        json.WriteNumber("maxAttempts", job.MaxAttempts);
        json.WriteNumber("lostWorkers", job.LostWorkers);
        json.WriteString("createdAt", job.CreatedAt);
        json.WriteInstant("dueAt", job.DueAt);
        json.WriteInstant("startedAt", job.StartedAt);
        json.WriteInstant("finishedAt", job.FinishedAt);
        json.WriteInstant("deadline", job.Deadline);
        json.WriteInstant("escalateAt", job.EscalateAt);
        if (job.FairnessKey is not null) json.WriteString("fairnessKey", job.FairnessKey);
        if (job.ConcurrencyKey is not null) json.WriteString("concurrencyKey", job.ConcurrencyKey);
        if (job.RateKey is not null) json.WriteString("rateKey", job.RateKey);
        if (job.UniqueKey is not null) json.WriteString("uniqueKey", job.UniqueKey);
        json.WriteWorker("node", job.Node);
        if (job.CachedFrom is { } source)
        {
            json.WriteBoolean("cached", true);
            json.WriteString("cachedFrom", source.ToString());
        }

        SubmissionJson.WriteOptions(json, job);
        if (job.IdempotencyKey is not null) json.WriteString("idempotencyKey", job.IdempotencyKey);
        Raw(json, "input", job.Input);
        Raw(json, "output", job.Output);
        if (job.Failure is not null) WriteFailure(json, job.Failure);
        if (job.Executions.Count > 0) WriteExecutions(json, job.Executions);
        json.WriteEndObject();
    }

    private static void WriteExecutions(Utf8JsonWriter json, IReadOnlyList<ExecutionView> executions)
    {
        json.WriteStartArray("executions");
        foreach (ExecutionView execution in executions) ExecutionJson.Write(json, execution);
        json.WriteEndArray();
    }

    internal static void WriteFailure(Utf8JsonWriter json, Failure failure)
    {
        json.WriteStartObject("failure");
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

    internal static void Raw(Utf8JsonWriter json, string name, byte[]? payload)
    {
        if (payload is null) return;
        json.WritePropertyName(name);
        // Checked when it came in; checking it again on every read would cost more than all the rest.
        json.WriteRawValue(payload, skipInputValidation: true);
    }
}
