using System.Collections.Frozen;

namespace Ratchet.Jobs;

/// <summary>The names of <see cref="JobState"/> as users, the API and the store spell them, and which of them are ends.</summary>
public static class JobStates
{
    private static readonly string[] Names =
        ["SCHEDULED", "QUEUED", "PROCESSING", "RETRYING", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED", "QUARANTINED"];

    private static readonly FrozenDictionary<string, JobState> ByName =
        Enum.GetValues<JobState>().ToFrozenDictionary(s => Names[(int)s], StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<JobState> All { get; } = Enum.GetValues<JobState>();

    public static string Name(this JobState state) => Names[(int)state];

    /// <summary>True for states that a job leaves only when somebody re-drives it.</summary>
    public static bool IsTerminal(this JobState state) => state >= JobState.Completed;

    public static bool TryParse(string? name, out JobState state)
    {
        state = default;
        return name is not null && ByName.TryGetValue(name, out state);
    }

    /// <exception cref="FormatException">The name is none of the known states.</exception>
    public static JobState Parse(string name) =>
        TryParse(name, out JobState state) ? state : throw new FormatException($"'{name}' is not a job state; known are {string.Join(", ", Names)}.");
}
