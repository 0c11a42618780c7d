using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Cli.Jobs;

/// <summary>What a submitter may say about a job besides its task and input.</summary>
internal sealed class JobRunOptions
{
    private readonly Option<string> version = new("--version") { Description = "The task's version; the current one otherwise.", HelpName = "VERSION" };
    private readonly Option<string> priority = new("--priority") { Description = "low, normal, high or urgent.", HelpName = "PRIORITY" };
    private readonly Option<string> queue = new("--queue") { Description = "The queue.", HelpName = "NAME" };
    private readonly Option<int?> maxAttempts = new("--max-attempts") { Description = "Attempts in all; the task's own number otherwise.", HelpName = "N" };
    private readonly Option<string> runAt = new("--run-at")
        { Description = "Not before this time (ISO 8601; UTC when it names no offset).", HelpName = "TIME" };
    private readonly Option<string> idempotencyKey = new("--idempotency-key")
        { Description = "Submitting again with the same key gives the same job.", HelpName = "KEY" };

    public JobRunOptions()
    {
        priority.Validators.Add(result =>
        {
            if (!JobPriorities.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("--priority must be low, normal, high or urgent.");
        });
        maxAttempts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is >= 1 and <= Limits.MaxAttempts) return;
            result.AddError($"--max-attempts must be from 1 to {Limits.MaxAttempts}.");
        });
        runAt.Validators.Add(result =>
        {
            if (!TryParseTime(result.GetValueOrDefault<string>(), out _)) result.AddError("--run-at must be a time such as 2026-12-01T09:30:00Z.");
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[version, priority, queue, maxAttempts, runAt, idempotencyKey]) command.Add(option);
    }

    /// <summary>The request body of <c>POST /api/v1/jobs</c>; what was not given is left out.</summary>
    public byte[] Body(ParseResult parsed, string task, JsonElement input)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("task", task);
            json.WritePropertyName("input");
            input.WriteTo(json);
            if (parsed.GetValue(version) is { } chosen) json.WriteString("version", chosen);
            if (JobPriorities.TryParse(parsed.GetValue(priority), out JobPriority level)) json.WriteString("priority", level.Name());
            if (parsed.GetValue(queue) is { } name) json.WriteString("queue", name);
            if (parsed.GetValue(maxAttempts) is { } attempts) json.WriteNumber("maxAttempts", attempts);
            if (TryParseTime(parsed.GetValue(runAt), out DateTimeOffset time)) json.WriteString("runAt", time.UtcDateTime);
            if (parsed.GetValue(idempotencyKey) is { } key) json.WriteString("idempotencyKey", key);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static bool TryParseTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
