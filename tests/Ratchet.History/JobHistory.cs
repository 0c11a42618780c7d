using Ratchet.Jobs;

namespace Ratchet.History;

/// <summary>All that the store says of one job when a test is over.</summary>
public sealed record JobHistory(JobView Job, IReadOnlyList<ExecutionView> Executions, IReadOnlyList<JobEvent> Events);

/// <summary>A promise that was broken, and by which job.</summary>
/// <param name="Promise">Its number in docs/guides/guarantees.md.</param>
public sealed record Violation(int Promise, JobId? Job, string Text)
{
    public override string ToString() => $"promise {Promise}, job {Job?.ToString() ?? "-"}: {Text}";
}

/// <summary>What a test knows that the store does not.</summary>
public sealed record Expectations
{
    /// <summary>Submits that were acknowledged.</summary>
    public IReadOnlyCollection<JobId> Acknowledged { get; init; } = [];

    /// <summary>The system has come to rest: every job is to be at an end.</summary>
    public bool AtRest { get; init; } = true;

    /// <summary>Which idempotency key each acknowledged submit had, in the order of the answers: key and the job that was answered.</summary>
    public IReadOnlyList<(string Key, JobId Job)> Keys { get; init; } = [];

    /// <summary>Most jobs with a concurrency key that may run at once.</summary>
    public IReadOnlyDictionary<string, int> Concurrency { get; init; } = new Dictionary<string, int>();

    /// <summary>Most starts with a rate key within any window.</summary>
    public IReadOnlyDictionary<string, (int Count, TimeSpan Window)> Rates { get; init; } = new Dictionary<string, (int, TimeSpan)>();

    /// <summary>Fires of schedules: schedule, instant and the job it led to.</summary>
    public IReadOnlyList<(string Schedule, DateTimeOffset Instant, JobId Job)> Fires { get; init; } = [];
}
