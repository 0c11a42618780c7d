namespace Ratchet.Bench.Peers;

/// <summary>One peer at one setting in one scenario: the plan that its program gets, but for addresses and secrets, which are in its environment.</summary>
/// <param name="Name">As --peers knows it; names the program as well.</param>
/// <param name="Setting">As the report shows it.</param>
/// <param name="Store">What keeps the jobs.</param>
/// <param name="Settings">For the peer's own program.</param>
/// <param name="Overlap">The worker runs while jobs are enqueued, and not only after.</param>
public sealed record PeerRun(string Name, string Scenario, string Setting, string Store, int Jobs, int Rounds, object Settings, bool Overlap = false)
{
    /// <summary>No scale makes it fewer, unless the peer itself needs fewer.</summary>
    public const int Fewest = 100;

    public int Batch { get; init; } = 500;
    public int Submitters { get; init; } = 4;

    /// <summary>Calls under way at once when jobs are enqueued one a call.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Latencies that are measured first and not counted.</summary>
    public int WarmUp { get; init; } = 50;
    public int PauseMilliseconds { get; init; } = 20;
}
