using Ratchet.Jobs;

namespace Ratchet.Grains.Retention;

/// <summary>Section <c>Retention</c>: how long jobs at an end are kept, by state; zero keeps them for ever. A job's own <c>retention</c> goes before.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    public TimeSpan Completed { get; set; } = TimeSpan.FromDays(7);
    public TimeSpan Failed { get; set; } = TimeSpan.FromDays(30);
    public TimeSpan Cancelled { get; set; } = TimeSpan.FromDays(7);
    public TimeSpan Expired { get; set; } = TimeSpan.FromDays(7);
    public TimeSpan Quarantined { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long events are kept, whether their jobs are or not; zero: for ever.</summary>
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long recordings are kept, and no longer than their jobs; zero: as long as these.</summary>
    public TimeSpan Recordings { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long webhooks' deliveries that succeeded are kept; zero: for ever.</summary>
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long webhooks' deliveries that failed for good are kept; zero: for ever.</summary>
    public TimeSpan FailedDeliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often it is looked for what can go; 1 min to 1 day.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For each state that is not kept for ever.</summary>
    public IReadOnlyDictionary<JobState, TimeSpan> ByState => new Dictionary<JobState, TimeSpan>
    {
        [JobState.Completed] = Completed,
        [JobState.Failed] = Failed,
        [JobState.Cancelled] = Cancelled,
        [JobState.Expired] = Expired,
        [JobState.Quarantined] = Quarantined,
    }.Where(r => r.Value > TimeSpan.Zero).ToDictionary();

    /// <exception cref="RatchetException">A time is negative, or the period out of its range.</exception>
    public void Validate()
    {
        foreach ((string name, TimeSpan kept) in new[] { (nameof(Completed), Completed), (nameof(Failed), Failed), (nameof(Cancelled), Cancelled), (nameof(Expired), Expired), (nameof(Quarantined), Quarantined), (nameof(Events), Events), (nameof(Recordings), Recordings), (nameof(Deliveries), Deliveries), (nameof(FailedDeliveries), FailedDeliveries) })
        {
            if (kept < TimeSpan.Zero) throw new RatchetException($"Retention:{name} is {kept}; it must be zero (for ever) or more.");
        }

        if (Period < TimeSpan.FromMinutes(1) || Period > TimeSpan.FromDays(1)) throw new RatchetException($"Retention:Period is {Period}; it must be from 1 minute to 1 day.");
    }
}
