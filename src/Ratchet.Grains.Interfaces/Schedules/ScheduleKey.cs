namespace Ratchet.Schedules;

/// <summary>A schedule of one tenant.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-key")]
public readonly record struct ScheduleKey([property: Id(0)] string Tenant, [property: Id(1)] string Id)
{
    /// <summary>The grain's key: tenant/id.</summary>
    public string GrainKey => $"{Tenant}/{Id}";

    /// <exception cref="FormatException">The key has not the form tenant/id.</exception>
    public static ScheduleKey FromGrainKey(string key)
    {
        string[] parts = key.Split('/');
        return parts.Length == 2 ? new ScheduleKey(parts[0], parts[1]) : throw new FormatException($"'{key}' is not a schedule's key (tenant/id).");
    }

    public override string ToString() => GrainKey;
}
