namespace Ratchet.Jobs;

/// <summary>Order of a job within its queue. Higher goes first; within one priority, first in, first out.</summary>
public enum JobPriority
{
    Low = 0,
    Normal = 1,
    High = 2,
    Urgent = 3,
}

public static class JobPriorities
{
    /// <summary>
    /// How far one step of priority puts a job forward: a job of a lower priority that has waited this much longer goes first. So nothing starves, and the
    /// order of two jobs never changes with time, which lets an index hold it.
    /// </summary>
    public static readonly TimeSpan Ageing = TimeSpan.FromMinutes(10);

    /// <summary>The order of a job among those of its lane: least first.</summary>
    public static DateTimeOffset Rank(this JobPriority priority, DateTimeOffset readyAt) => readyAt - ((int)priority * Ageing);

    public static string Name(this JobPriority priority) => priority switch
    {
        JobPriority.Low => "LOW",
        JobPriority.High => "HIGH",
        JobPriority.Urgent => "URGENT",
        _ => "NORMAL",
    };

    /// <summary>Accepts any case, and CRITICAL for URGENT (the name that the original Ratchet used).</summary>
    public static bool TryParse(string? text, out JobPriority priority)
    {
        priority = JobPriority.Normal;
        switch (text?.ToUpperInvariant())
        {
            case "LOW": priority = JobPriority.Low; return true;
            case "NORMAL": return true;
            case "HIGH": priority = JobPriority.High; return true;
            case "URGENT" or "CRITICAL": priority = JobPriority.Urgent; return true;
            default: return false;
        }
    }
}
