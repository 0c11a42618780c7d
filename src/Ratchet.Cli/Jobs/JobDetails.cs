using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Jobs;

/// <summary>One job for people: its fields, then each execution with its log.</summary>
internal static class JobDetails
{
    private static readonly string[] Plain = ["id", "task", "version", "queue", "priority", "state", "node", "fairnessKey", "concurrencyKey", "rateKey", "idempotencyKey"];
    private static readonly string[] Times = ["createdAt", "dueAt", "startedAt", "finishedAt", "deadline", "escalateAt"];

    /// <summary>What it says for itself instead of its task.</summary>
    private static readonly string[] Own = ["escalateTo", "timeout", "concurrencyLimit", "retention", "record", "cache"];

    public static void Write(JsonElement job)
    {
        List<KeyValuePair<string, string>> fields = [.. Plain.Select(key => KeyValuePair.Create(key, job.Shown(key)))];
        fields.Add(KeyValuePair.Create("attempts", $"{job.Shown("attempts")} of {job.Shown("maxAttempts")}"));
        if (job.Shown("lostWorkers") is not ("" or "0")) fields.Add(KeyValuePair.Create("lostWorkers", job.Shown("lostWorkers")));
        fields.AddRange(Times.Select(key => KeyValuePair.Create(key, job.ShownTime(key))));
        fields.AddRange(Own.Select(key => KeyValuePair.Create(key, job.Shown(key))));
        if (job.Field("rateLimit") is { } rate) fields.Add(KeyValuePair.Create("rateLimit", $"{rate.Shown("count")}/{rate.Shown("window")}"));
        if (job.Field("retry") is { } retry) fields.Add(KeyValuePair.Create("retry", Retry(retry)));
        fields.Add(KeyValuePair.Create("input", job.Shown("input")));
        fields.Add(KeyValuePair.Create("output", job.Shown("output")));
        if (job.Shown("cachedFrom") is { Length: > 0 } source) fields.Add(KeyValuePair.Create("cached", $"the result of job {source}"));
        if (job.Field("failure") is { } failure) fields.Add(KeyValuePair.Create("failure", Failure(failure)));
        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));

        JsonElement[] executions = [.. job.Items("executions")];
        if (executions.Length == 0) return;
        Console.Out.WriteLine();
        TableOutput.Write([new("ATTEMPT", 1), new("EXECUTION", 3), new("OUTCOME", 2), new("RECORDED", 8), new("STARTED", 6), new("TOOK", 5), new("NODE", 7, Fit.Cut), new("FAILURE", 4, Fit.Wrap)], executions.Select(Row));
        foreach (JsonElement execution in executions) WriteLog(execution);
    }

    /// <summary>On stderr: where an input or output does not match its schema, and where in <c>main.js</c> the error was thrown.</summary>
    public static void WriteFailurePlaces(JsonElement? failure)
    {
        if (failure is not { } known) return;
        foreach (JsonElement place in known.Items("details")) Messages.Note($"  {place.Shown("pointer")}: {place.Shown("message")}");
        foreach (string frame in StackFrames.Of(known.Shown("stack"))) Messages.Note($"    {frame}");
    }

    private static string[] Row(JsonElement execution) =>
    [
        execution.Shown("attempt"), execution.Shown("id"), execution.Shown("outcome"), execution.Shown("recorded") == "true" ? "yes" : "", execution.ShownTime("startedAt"), Took(execution), execution.Shown("node"),
        execution.Field("failure") is { } failure ? Failure(failure) : "",
    ];

    private static string Took(JsonElement execution) => execution.Time("finishedAt") - execution.Time("startedAt") is { } took
        ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0.0} ms") : "";

    /// <summary>A policy in a line: <c>exponential, 5 attempts, initialDelay 10s, ...</c>.</summary>
    private static string Retry(JsonElement retry)
    {
        var parts = new List<string>();
        string[] delays = [.. retry.Items("delays").Select(d => d.ToString())];
        parts.Add(delays.Length > 0 ? $"after {string.Join(' ', delays)}" : retry.Shown("strategy"));
        parts.Add($"{retry.Shown("maxAttempts")} attempts");
        if (delays.Length == 0)
        {
            foreach (string key in (string[])["initialDelay", "maxDelay", "factor", "jitter"]) parts.Add($"{key} {retry.Shown(key)}");
        }

        if (retry.Shown("maxElapsed") is { Length: > 0 } most) parts.Add($"maxElapsed {most}");
        foreach (string key in (string[])["retryOn", "noRetryOn"])
        {
            string names = string.Join(' ', retry.Items(key).Select(n => n.ToString()));
            if (names.Length > 0) parts.Add($"{key} {names}");
        }

        return string.Join(", ", parts);
    }

    private static string Failure(JsonElement failure) => $"{failure.Shown("name")}: {failure.Shown("message")}";

    private static void WriteLog(JsonElement execution)
    {
        JsonElement[] log = [.. execution.Items("log")];
        if (log.Length == 0) return;
        Console.Out.WriteLine();
        Console.Out.WriteLine($"log of attempt {execution.Shown("attempt")}:");
        foreach (JsonElement entry in log)
        {
            double ms = entry.Field("offset") is { ValueKind: JsonValueKind.Number } offset ? offset.GetDouble() / 1000 : 0;
            string line = string.Create(CultureInfo.InvariantCulture, $"  [{entry.Shown("level")} +{ms:0.0}ms] {entry.Shown("message")}");
            Console.Out.WriteLine(Messages.Clean(line));
        }
    }
}
