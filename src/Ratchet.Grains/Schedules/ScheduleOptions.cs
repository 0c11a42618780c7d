namespace Ratchet.Grains.Schedules;

/// <summary>Section <c>Schedules</c> of the configuration.</summary>
public sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>Period of the reminder that wakes a schedule's grain and lets it look at its row; at least a minute.</summary>
    public TimeSpan Watchdog { get; set; } = TimeSpan.FromMinutes(5);
}
