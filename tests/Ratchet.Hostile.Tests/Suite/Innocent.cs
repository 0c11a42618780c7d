using System.Globalization;
using System.Text;
using System.Text.Json;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>Executions that want no harm, and how one tells that nobody has done any to them (tests/hostile/innocent.js).</summary>
internal static class Innocent
{
    /// <summary>What is added to a hostile script, so that its task has innocent executions as well.</summary>
    public const string Main = "function main(input) { if (input.innocent !== undefined) return innocent(input.innocent); attacked++; return attack(input); }";

    /// <summary>The same for an attack that is async.</summary>
    public const string AsyncMain = "async function main(input) { if (input.innocent !== undefined) return innocentLater(input.innocent); attacked++; return attack(input); }";

    public static string Input(int n) => string.Create(CultureInfo.InvariantCulture, $$"""{"innocent":{{n}}}""");

    /// <summary>A task that is innocent altogether.</summary>
    public static TaskPackage Task(string innocent, string name) => new()
    {
        Name = name,
        Uuid = Guid.Parse("00000000-0000-7000-8000-000000000002"),
        Version = "1.0.0",
        Label = "",
        Description = "",
        Digest = name,
        Metadata = "{}",
        InputSchema = "true",
        OutputSchema = "true",
        MainJs = $"{innocent}\nasync function main(input) {{ return innocentLater(input.innocent); }}",
        Execution = new TaskExecutionOptions(),
        Retry = new RetryPolicy(),
        Source = "the hostile suite",
    };

    /// <summary>Null when the execution got the right answer; else what it got.</summary>
    /// <param name="attacked">How many attacks its context has had before.</param>
    public static string? Wrong(RunOutcome outcome, int n, out int attacked)
    {
        attacked = 0;
        if (outcome.Output is not { } output) return $"{outcome.Failure!.Kind} {outcome.Failure.Name}: {outcome.Failure.Message}";
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement answer = document.RootElement;
        // Its number and the count of attacks: between them stand the checks that do not hold.
        if (answer.ValueKind != JsonValueKind.Array || answer.GetArrayLength() != 2 || answer[0].ValueKind != JsonValueKind.Number || answer[0].GetInt32() != n) return Encoding.UTF8.GetString(output);
        attacked = answer[1].GetInt32();
        return outcome.Log.Count == 1 && outcome.Log[0].Message.StartsWith(string.Create(CultureInfo.InvariantCulture, $"innocent {n} "), StringComparison.Ordinal) ? null : $"its log has {outcome.Log.Count} lines";
    }
}
