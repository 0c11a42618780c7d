using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>What the overlap policy makes of instants that are due together.</summary>
/// <param name="State">PENDING to be submitted, WAITING, or SKIPPED.</param>
/// <param name="Reason">Set when it is skipped.</param>
internal sealed record OverlapPlan(DateTimeOffset Instant, FireState State, string? Reason)
{
    public const string Busy = "a job of the schedule was not at an end";
    public const string Newer = "a newer instant takes its place";

    /// <param name="running">True when a job of the schedule is not at an end.</param>
    /// <param name="instants">Oldest first.</param>
    public static IReadOnlyList<OverlapPlan> For(OverlapPolicy policy, bool running, IReadOnlyList<DateTimeOffset> instants)
    {
        var plans = new List<OverlapPlan>(instants.Count);
        for (int i = 0; i < instants.Count; i++)
        {
            bool busy = running || i > 0, newest = i == instants.Count - 1;
            plans.Add(policy switch
            {
                OverlapPolicy.Allow => Submit(instants[i]),
                OverlapPolicy.CancelRunning => newest ? Submit(instants[i]) : Skip(instants[i], Newer),
                _ when !busy => Submit(instants[i]),
                OverlapPolicy.QueueOne => newest ? new OverlapPlan(instants[i], FireState.Waiting, null) : Skip(instants[i], Newer),
                _ => Skip(instants[i], Busy),
            });
        }

        return plans;
    }

    private static OverlapPlan Submit(DateTimeOffset instant) => new(instant, FireState.Pending, null);

    private static OverlapPlan Skip(DateTimeOffset instant, string reason) => new(instant, FireState.Skipped, reason);
}
