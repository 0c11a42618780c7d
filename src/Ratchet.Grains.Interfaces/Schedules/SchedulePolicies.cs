namespace Ratchet.Schedules;

/// <summary>What happens at an instant while a job of the schedule is not at an end. Jobs of backfills do not count.</summary>
public enum OverlapPolicy
{
    /// <summary>The instant is recorded as skipped.</summary>
    Skip = 0,

    /// <summary>Jobs run beside each other.</summary>
    Allow = 1,

    /// <summary>One instant waits behind the running job, the newest; an older one that waited is skipped.</summary>
    QueueOne = 2,

    /// <summary>The running job is cancelled, and the instant's job is submitted.</summary>
    CancelRunning = 3,
}

/// <summary>What happens to instants that passed longer ago than the schedule's misfire threshold when they are seen: nobody ran then.</summary>
public enum MisfirePolicy
{
    /// <summary>One job for all of them, at the newest.</summary>
    RunOnce = 0,

    /// <summary>None of them fires.</summary>
    Skip = 1,

    /// <summary>The newest N of them fire, in order.</summary>
    CatchUp = 2,
}

/// <summary>The names of the policies as users, the API and the store spell them.</summary>
public static class SchedulePolicies
{
    private static readonly string[] OverlapNames = ["SKIP", "ALLOW", "QUEUE_ONE", "CANCEL_RUNNING"];
    private static readonly string[] MisfireNames = ["RUN_ONCE", "SKIP", "CATCH_UP"];

    public static string Name(this OverlapPolicy policy) => OverlapNames[(int)policy];

    public static string Name(this MisfirePolicy policy) => MisfireNames[(int)policy];

    /// <summary>In any case of letters.</summary>
    public static bool TryParse(string? text, out OverlapPolicy policy)
    {
        int at = Array.FindIndex(OverlapNames, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        policy = (OverlapPolicy)Math.Max(at, 0);
        return at >= 0;
    }

    /// <summary>In any case of letters.</summary>
    public static bool TryParse(string? text, out MisfirePolicy policy)
    {
        int at = Array.FindIndex(MisfireNames, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        policy = (MisfirePolicy)Math.Max(at, 0);
        return at >= 0;
    }
}
