using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary>What a submitter may say about a job besides its task and input.</summary>
internal sealed class JobRunOptions
{
    private readonly TextField key = new("--idempotency-key", "idempotencyKey", "Submitting again with the same key gives the same job.", "KEY");

    private readonly IBodyField[] fields =
    [
        new TextField("--version", "version", "The task's version; the current one otherwise.", "VERSION"),
        new PriorityField("--priority", "priority", "low, normal, high or urgent."),
        new TextField("--queue", "queue", "The queue.", "NAME"),
        new NumberField("--max-attempts", "maxAttempts", "Attempts in all; the task's own number otherwise.", 1, Limits.MaxAttempts),
        new TimeField("--run-at", "runAt", "Not before this time (ISO 8601; UTC when it names no offset)."),
        new DurationField("--delay", "delay", "Not before so long from now."),
        new TimeField("--deadline", "deadline", "Ends EXPIRED when no attempt has started by then."),
        new DurationField("--expires-in", "expiresIn", "A deadline so long from now."),
        new DurationField("--attempt-timeout", "timeout", "Longest run of one attempt; the task's own otherwise."),
        new DurationField("--escalate-after", "escalateAfter", "Raises the priority of a job that has waited so long."),
        new PriorityField("--escalate-to", "escalateTo", "What --escalate-after raises it to; urgent otherwise."),
        new TextField("--fairness-key", "fairnessKey", "Keys of a queue take turns.", "KEY"),
        new TextField("--concurrency-key", "concurrencyKey", "Jobs with the same key share a limit of how many run at once.", "KEY"),
        new NumberField("--concurrency-limit", "concurrencyLimit", "That limit, unless one is set for the key; 1 otherwise.", 1, Limits.ConcurrencyLimit),
        new TextField("--rate-key", "rateKey", "Jobs with the same key share a rate of starts.", "KEY"),
        new RateField("--rate", "rateLimit", "That rate, unless one is set for the key, such as 100/1m."),
        new DurationField("--retention", "retention", "How long the job is kept after its end."),
        new WordField("--record", "record", "Whether its executions are recorded; what the task says otherwise.", "always", "onFailure", "never"),
        new OffField("--no-cache", "cache", "Runs it, whatever its task's cache has, and keeps its result for no other job."),
    ];

    private readonly FieldGroup[] groups =
    [
        new("unique", new TextField("--unique", "key", "One job a key: another one that has it refuses this one.", "KEY"),
            new DurationField("--unique-period", "period", "How long a job keeps the key; until its end otherwise."),
            new WordField("--on-conflict", "onConflict", "When another job has the key: refuse this one, take that one, or cancel that one.", "reject", "existing", "replace")),
        new("debounce", new TextField("--debounce", "key", "One job when submits with this key pause.", "KEY"),
            new DurationField("--debounce-delay", "delay", "How long after the last submit it runs."),
            new DurationField("--debounce-max", "maxDelay", "No later than so long after the first submit.")),
        new("retry", null,
            new WordField("--retry-strategy", "strategy", "How waits grow. Any --retry option replaces the task's whole policy.", "fixed", "linear", "exponential"),
            new DurationField("--retry-initial-delay", "initialDelay", "The first wait; 1s otherwise."),
            new DurationField("--retry-max-delay", "maxDelay", "The longest wait; 10m otherwise."),
            new FactorField("--retry-factor", "factor", "Growth of exponential waits; 2 otherwise."),
            new SwitchField("--retry-jitter", "jitter", "Whether waits are random below their bound; true otherwise."),
            new DurationListField("--retry-delays", "delays", "The waits themselves, instead of a strategy."),
            new DurationField("--retry-max-elapsed", "maxElapsed", "No attempt starts later than so long after the first."),
            new TextListField("--retry-on", "retryOn", "An error or failure kind to retry that otherwise is not; repeatable.", "NAME"),
            new TextListField("--no-retry-on", "noRetryOn", "One not to retry that otherwise is; repeatable.", "NAME")),
    ];

    public void AddTo(Command command)
    {
        foreach (IBodyField field in fields) command.Add(field.Option);
        command.Add(key);
        foreach (FieldGroup group in groups) group.AddTo(command);
    }

    /// <summary>Null when none was given.</summary>
    public string? IdempotencyKey(ParseResult parsed) => parsed.GetValue(key);

    /// <summary>The request body of <c>POST /api/v1/jobs</c>; what was not given is left out.</summary>
    public byte[] Body(ParseResult parsed, string task, JsonElement input) => RequestJson.Of(json =>
    {
        json.WriteString("task", task);
        json.WritePropertyName("input");
        input.WriteTo(json);
        foreach (IBodyField field in fields) field.Write(parsed, json);
        key.Write(parsed, json);
        foreach (FieldGroup group in groups) group.Write(parsed, json);
    });
}
