using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Recordings;

/// <summary>One fetch call and what came of it. Exactly one of <see cref="Response"/> and <see cref="Error"/> is set once it ended.</summary>
public sealed record RecordedExchange(FetchRequest Request, DateTimeOffset StartedAt)
{
    public TimeSpan Duration { get; init; }
    public FetchResponse? Response { get; init; }
    /// <summary>What the script saw instead of a response.</summary>
    public FetchException? Error { get; init; }
}
