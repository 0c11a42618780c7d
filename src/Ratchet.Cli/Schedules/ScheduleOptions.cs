using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Jobs;

namespace Ratchet.Cli.Schedules;

/// <summary>A whole schedule, as options.</summary>
internal sealed class ScheduleOptions
{
    private readonly TimingOptions timing = new();
    private readonly Option<string> task = new("--task") { Description = "The task to run.", HelpName = "NAME" };
    private readonly Option<string> input = new("--input") { Description = "The jobs' input, as JSON; @FILE reads it from a file, @- from stdin; {} otherwise.", HelpName = "JSON|@FILE" };
    private readonly Option<string> version = new("--version") { Description = "The task's version; the current one otherwise.", HelpName = "VERSION" };
    private readonly Option<string> queue = new("--queue") { Description = "The jobs' queue.", HelpName = "NAME" };
    private readonly Option<string> priority = new("--priority") { Description = "low, normal, high or urgent.", HelpName = "PRIORITY" };
    private readonly Option<int?> maxAttempts = new("--max-attempts") { Description = "Attempts of a job in all; the task's own number otherwise.", HelpName = "N" };
    private readonly Option<string> overlap = new("--overlap") { Description = "While a job runs: skip, allow, queue-one or cancel-running.", HelpName = "POLICY" };
    private readonly Option<string> misfire = new("--misfire") { Description = "For instants that nobody saw: run-once, skip or catch-up.", HelpName = "POLICY" };
    private readonly Option<int?> catchUp = new("--catch-up") { Description = "Most instants that --misfire catch-up brings back.", HelpName = "N" };
    private readonly DurationOption threshold = new("--misfire-threshold", "An instant seen later than this was missed; 1m otherwise.");
    private readonly DurationOption jitter = new("--jitter", "Each job runs up to this long after its instant.");
    private readonly Option<bool> disabled = new("--disabled") { Description = "Makes it disabled." };

    public ScheduleOptions() => priority.Validators.Add(result =>
    {
        if (!JobPriorities.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("--priority must be low, normal, high or urgent.");
    });

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[task, input, version, queue, priority, maxAttempts, overlap, misfire, catchUp, threshold, jitter, disabled]) command.Add(option);
        timing.AddTo(command);
    }

    /// <summary>The request body; what was not given is left out.</summary>
    /// <exception cref="CliException">No task or no timing was given, or the input is no JSON.</exception>
    public async Task<byte[]> BodyAsync(ParseResult parsed, string id, CancellationToken cancel)
    {
        string name = parsed.GetValue(task) ?? throw new CliException(ExitCodes.Usage, "--task is missing: what the schedule is to run. A whole schedule can be given by --file.");
        if (!timing.Given(parsed)) throw new CliException(ExitCodes.Usage, "Say when: --cron, --every or --at.");
        string text = parsed.GetValue(input) ?? "{}";
        JsonElement value = text.StartsWith('@') ? await JsonInput.ReadFileAsync("--input", text[1..], cancel) : JsonInput.ParseText("--input", text);
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            timing.Write(json, parsed);
            WritePolicies(json, parsed);
            json.WriteStartObject("job");
            json.WriteString("task", name);
            json.WritePropertyName("input");
            value.WriteTo(json);
            if (parsed.GetValue(version) is { } chosen) json.WriteString("version", chosen);
            if (parsed.GetValue(queue) is { } queueName) json.WriteString("queue", queueName);
            if (JobPriorities.TryParse(parsed.GetValue(priority), out JobPriority level)) json.WriteString("priority", level.Name());
            if (parsed.GetValue(maxAttempts) is { } attempts) json.WriteNumber("maxAttempts", attempts);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void WritePolicies(Utf8JsonWriter json, ParseResult parsed)
    {
        if (parsed.GetValue(overlap) is { } overlapPolicy) json.WriteString("overlap", Policy(overlapPolicy));
        if (parsed.GetValue(misfire) is { } misfirePolicy) json.WriteString("misfire", Policy(misfirePolicy));
        if (parsed.GetValue(catchUp) is { } most) json.WriteNumber("catchUp", most);
        if (threshold.Of(parsed) is { } late) json.WriteNumber("misfireThresholdMs", late);
        if (jitter.Of(parsed) is { } spread) json.WriteNumber("jitterMs", spread);
        if (parsed.GetValue(disabled)) json.WriteBoolean("enabled", false);
    }

    /// <summary>As the server spells it: <c>queue-one</c> is QUEUE_ONE.</summary>
    private static string Policy(string text) => text.ToUpperInvariant().Replace('-', '_');
}
