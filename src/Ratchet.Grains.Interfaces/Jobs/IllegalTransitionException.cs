namespace Ratchet.Jobs;

/// <summary>A verb was applied to a job in a state that it may not leave that way. Clients see 409 with the state.</summary>
[GenerateSerializer, Alias("ratchet.illegal-transition")]
public sealed class IllegalTransitionException(JobId job, JobState state, string transition)
    : RatchetException($"Job {job} is {state.Name()}; {Spoken(transition)} is not possible from there.")
{
    [Id(0)] public JobId Job { get; } = job;
    [Id(1)] public JobState State { get; } = state;
    [Id(2)] public string Transition { get; } = transition;

    /// <summary>What people asked for: the table of transitions has names of its own for some of it.</summary>
    private static string Spoken(string transition) => transition switch
    {
        "redrive" => "'retry'",
        "promote" => "'retry'",
        "reprioritise" => "a change of priority",
        _ => $"'{transition}'",
    };
}
