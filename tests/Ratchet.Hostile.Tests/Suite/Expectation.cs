using System.Text;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>How a script has to end: an output, or a failure of a kind and perhaps of a name.</summary>
/// <param name="Text">As the script's head has it: <c>output JSON</c>, <c>TaskError RangeError</c>, <c>Timeout</c>; several with <c>or</c> between them where V8 may take either way.</param>
internal sealed record Expectation(string Text)
{
    private const string Output = "output";

    private readonly string[] ways = Text.Split(" or ", StringSplitOptions.TrimEntries);

    /// <summary>Whether its code has run, and ends otherwise than with its process or its context: both are there for the next run.</summary>
    public bool SparesContext => !Array.Exists(ways, way =>
        Enum.TryParse(way.Split(' ')[0], out FailureKind kind) && kind is FailureKind.InvalidInput or FailureKind.ConfigurationError or FailureKind.OutOfMemory or FailureKind.Timeout or FailureKind.CpuLimit or FailureKind.WorkerLost);

    /// <summary>What really happened, in the words of an expectation.</summary>
    public static string Of(RunOutcome outcome) => outcome.Output is { } output ? $"{Output} {Encoding.UTF8.GetString(output)}" : $"{outcome.Failure!.Kind} {outcome.Failure.Name}";

    public bool Holds(RunOutcome outcome) => Array.Exists(ways, way => Holds(way, outcome));

    private static bool Holds(string way, RunOutcome outcome)
    {
        string got = Of(outcome);
        return got == way || got.StartsWith($"{way} ", StringComparison.Ordinal);
    }
}
