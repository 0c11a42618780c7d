using System.Globalization;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Jobs;

/// <summary>One job for people: its fields, then each execution with its log.</summary>
internal static class JobDetails
{
    private static readonly string[] Plain = ["id", "task", "version", "queue", "priority", "state", "node", "fairnessKey", "concurrencyKey", "rateKey", "idempotencyKey"];
    private static readonly string[] Times = ["createdAt", "dueAt", "startedAt", "finishedAt", "deadline", "escalateAt"];

    public static void Write(JsonElement job)
    {
        List<KeyValuePair<string, string>> fields = [.. Plain.Select(key => KeyValuePair.Create(key, job.Shown(key)))];
        fields.Add(KeyValuePair.Create("attempts", $"{job.Shown("attempts")} of {job.Shown("maxAttempts")}"));
        if (job.Shown("lostWorkers") is not ("" or "0")) fields.Add(KeyValuePair.Create("lostWorkers", job.Shown("lostWorkers")));
        fields.AddRange(Times.Select(key => KeyValuePair.Create(key, job.ShownTime(key))));
        fields.Add(KeyValuePair.Create("input", job.Shown("input")));
        fields.Add(KeyValuePair.Create("output", job.Shown("output")));
        if (job.Shown("cachedFrom") is { Length: > 0 } source) fields.Add(KeyValuePair.Create("cached", $"the result of job {source}"));
        if (job.Field("failure") is { } failure) fields.Add(KeyValuePair.Create("failure", Failure(failure)));
        TableOutput.WriteFields(fields.Where(f => f.Value.Length > 0));

        JsonElement[] executions = [.. job.Items("executions")];
        if (executions.Length == 0) return;
        Console.Out.WriteLine();
        TableOutput.Write([new("ATTEMPT", 1), new("OUTCOME", 2), new("STARTED", 5), new("TOOK", 4), new("NODE", 6, Fit.Cut), new("FAILURE", 3, Fit.Wrap)], executions.Select(Row));
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
        execution.Shown("attempt"), execution.Shown("outcome"), execution.ShownTime("startedAt"), Took(execution), execution.Shown("node"),
        execution.Field("failure") is { } failure ? Failure(failure) : "",
    ];

    private static string Took(JsonElement execution) => execution.Time("finishedAt") - execution.Time("startedAt") is { } took
        ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0.0} ms") : "";

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
