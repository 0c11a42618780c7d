using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary>A whole schedule, as options.</summary>
internal sealed class ScheduleOptions
{
    private readonly TimingOptions timing = new();
    private readonly Option<string> task = new("--task") { Description = "The task to run.", HelpName = "NAME" };
    private readonly Option<string> input = new("--input") { Description = "The jobs' input, as JSON; @FILE reads it from a file, @- from stdin; {} for a new schedule that does not say.", HelpName = "JSON|@FILE" };
    private readonly Option<bool> disabled = new("--disabled") { Description = "Makes it disabled; 'schedule enable' lets it fire." };

    private readonly IBodyField[] job =
    [
        new TextField("--version", "version", "The task's version; the current one otherwise.", "VERSION"),
        new TextField("--queue", "queue", "The jobs' queue.", "NAME"),
        new PriorityField("--priority", "priority", "low, normal, high or urgent."),
        new NumberField("--max-attempts", "maxAttempts", "Attempts of a job in all; the task's own number otherwise.", 1, Limits.MaxAttempts),
        new DurationField("--expires-in", "expiresIn", "A job ends EXPIRED when no attempt has started so long after it was submitted."),
    ];

    private readonly IBodyField[] policies =
    [
        new PolicyField("--overlap", "overlap", "While a job runs: skip, allow, queue-one or cancel-running."),
        new PolicyField("--misfire", "misfire", "For instants that nobody saw: run-once, skip or catch-up."),
        new NumberField("--catch-up", "catchUp", "Most instants that --misfire catch-up brings back.", 1, Limits.CatchUp),
        new DurationField("--misfire-threshold", "misfireThreshold", "An instant seen later than this was missed; 1m otherwise."),
        new DurationField("--jitter", "jitter", "Each job runs up to this long after its instant."),
    ];

    public ScheduleOptions()
    {
        foreach (IBodyField field in job) field.Pointer = "/job" + field.Pointer;
    }

    private IEnumerable<Option> Own => [task, input, .. job.Concat(policies).Select(f => f.Option), disabled];

    public void AddTo(Command command)
    {
        foreach (Option option in Own) command.Add(option);
        timing.AddTo(command);
    }

    /// <summary>Name of the first of these options that was given; null when none was.</summary>
    public string? FirstGiven(ParseResult parsed) => Own.Concat(timing.All).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>The request body of a new schedule; what was not given is left out.</summary>
    /// <exception cref="CliException">No task or no timing was given, or the input is no JSON.</exception>
    public async Task<byte[]> BodyAsync(ParseResult parsed, string id, CancellationToken cancel)
    {
        if (parsed.GetValue(task) is null) throw new CliException(ExitCodes.Usage, "--task is missing: what the schedule is to run. A whole schedule can be given by --file.");
        if (!timing.Given(parsed)) throw new CliException(ExitCodes.Usage, "Say when: --cron, --every or --at.");
        JsonElement value = await InputAsync(parsed, cancel) ?? JsonElement.Parse("{}");
        return RequestJson.Of(json =>
        {
            json.WriteString("id", id);
            Write(json, parsed, value);
        });
    }

    /// <summary>The request body of a schedule that is there, with what was given put over it.</summary>
    /// <exception cref="CliException">The input is no JSON.</exception>
    public async Task<byte[]> ChangedAsync(ParseResult parsed, JsonElement schedule, CancellationToken cancel)
    {
        JsonElement? value = await InputAsync(parsed, cancel);
        return ScheduleChanges.Apply(schedule, JsonElement.Parse(RequestJson.Of(json => Write(json, parsed, value))));
    }

    private void Write(Utf8JsonWriter json, ParseResult parsed, JsonElement? value)
    {
        timing.Write(json, parsed);
        foreach (IBodyField field in policies) field.Write(parsed, json);
        if (parsed.GetValue(disabled)) json.WriteBoolean("enabled", false);
        json.WriteStartObject("job");
        if (parsed.GetValue(task) is { } name) json.WriteString("task", name);
        if (value is { } given)
        {
            json.WritePropertyName("input");
            given.WriteTo(json);
        }

        foreach (IBodyField field in job) field.Write(parsed, json);
        json.WriteEndObject();
    }

    /// <summary>Null when none was given.</summary>
    private async Task<JsonElement?> InputAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(input) is not { } text) return null;
        return text.StartsWith('@') ? await JsonInput.ReadFileAsync("--input", text[1..], cancel) : JsonInput.ParseText("--input", text);
    }
}
