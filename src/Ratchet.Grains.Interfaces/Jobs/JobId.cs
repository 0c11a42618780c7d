namespace Ratchet.Jobs;

/// <summary>Identity of a job: a UUID version 7 (RFC 9562, section 5.7), so that ids sort by the time of their creation.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-id")]
public readonly record struct JobId([property: Id(0)] Guid Value) : IComparable<JobId>
{
    /// <summary>A new id that carries the time of <paramref name="time"/> in its first 48 bits, in milliseconds.</summary>
    public static JobId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static bool TryParse(string? text, out JobId id)
    {
        bool ok = Guid.TryParse(text, out Guid value);
        id = new JobId(value);
        return ok;
    }

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;
    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;
    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value.ToString("D");
}
