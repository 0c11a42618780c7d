using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Submissions;

/// <summary>A submission as <see cref="SubmitRequest.ReadTemplate"/> reads it, so that what was sent can come back, be changed and be sent again.</summary>
internal static class SubmissionJson
{
    /// <summary>The fields but the input, within an object that the caller has begun.</summary>
    public static void WriteFields(Utf8JsonWriter json, Submission job)
    {
        json.WriteString("task", job.Task);
        Text(json, "version", job.Version);
        json.WriteString("queue", job.Queue);
        json.WriteString("priority", job.Priority.Name());
        if (job.MaxAttempts is { } attempts) json.WriteNumber("maxAttempts", attempts);
        Duration(json, "expiresIn", job.ExpiresIn);
        WriteTimes(json, job.Timeout, job.Retry);
        Duration(json, "escalateAfter", job.EscalateAfter);
        Text(json, "escalateTo", job.EscalateTo?.Name());
        Text(json, "fairnessKey", job.FairnessKey);
        Text(json, "concurrencyKey", job.ConcurrencyKey);
        if (job.ConcurrencyLimit is { } limit) json.WriteNumber("concurrencyLimit", limit);
        Text(json, "rateKey", job.RateKey);
        WriteRate(json, job.RateLimit);
        Duration(json, "retention", job.Retention);
        Text(json, "record", job.Record?.Name());
        if (job.NoCache) json.WriteBoolean("cache", false);
    }

    /// <summary>What a job that was accepted says for itself instead of its task, under the names of a submit.</summary>
    public static void WriteOptions(Utf8JsonWriter json, JobView job)
    {
        WriteTimes(json, job.Options?.Timeout, job.Options?.Retry);
        Text(json, "escalateTo", job.EscalateTo?.Name());
        if (job.Options?.ConcurrencyLimit is { } limit) json.WriteNumber("concurrencyLimit", limit);
        WriteRate(json, job.Options?.RateLimit);
        Duration(json, "retention", job.Retention);
        Text(json, "record", job.Options?.Record?.Name());
        if (job.Options?.NoCache == true) json.WriteBoolean("cache", false);
    }

    private static void WriteTimes(Utf8JsonWriter json, TimeSpan? timeout, RetryPolicy? retry)
    {
        Duration(json, "timeout", timeout);
        if (retry is not null) WriteRetry(json, retry);
    }

    private static void WriteRate(Utf8JsonWriter json, RateLimit? rate)
    {
        if (rate is null) return;
        json.WriteStartObject("rateLimit");
        json.WriteNumber("count", rate.Count);
        Duration(json, "window", rate.Window);
        json.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter json, RetryPolicy retry)
    {
        json.WriteStartObject("retry");
        // The waits themselves, or how they are worked out: never both, as in a request.
        bool listed = retry.Delays.Count > 0;
        if (!listed) json.WriteString("strategy", BackoffStrategies.Name(retry.Strategy));
        json.WriteNumber("maxAttempts", retry.MaxAttempts);
        if (listed) json.WriteTexts("delays", retry.Delays.Select(Durations.Format));
        else WriteBackoff(json, retry);
        Duration(json, "maxElapsed", retry.MaxElapsed);
        json.WriteTexts("retryOn", retry.RetryOn);
        json.WriteTexts("noRetryOn", retry.NoRetryOn);
        json.WriteEndObject();
    }

    private static void WriteBackoff(Utf8JsonWriter json, RetryPolicy retry)
    {
        Duration(json, "initialDelay", retry.InitialDelay);
        Duration(json, "maxDelay", retry.MaxDelay);
        json.WriteNumber("factor", retry.Factor);
        json.WriteBoolean("jitter", retry.Jitter);
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void Duration(Utf8JsonWriter json, string name, TimeSpan? duration)
    {
        if (duration is { } value) json.WriteString(name, Durations.Format(value));
    }
}
