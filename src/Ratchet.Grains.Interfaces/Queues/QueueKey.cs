namespace Ratchet.Queues;

/// <summary>A named queue of one tenant. A partition is added when one grain no longer carries a queue.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.queue-key")]
public readonly record struct QueueKey([property: Id(0)] string Tenant, [property: Id(1)] string Name)
{
    public const string DefaultTenant = "default";
    public const string DefaultName = "default";
    private const int OnlyPartition = 0;

    public static QueueKey Default => new(DefaultTenant, DefaultName);

    /// <summary>The grain's key: tenant/queue/partition.</summary>
    public string GrainKey => $"{Tenant}/{Name}/{OnlyPartition}";

    /// <exception cref="FormatException">The key has not the form tenant/queue/partition.</exception>
    public static QueueKey FromGrainKey(string key)
    {
        string[] parts = key.Split('/');
        return parts.Length == 3 ? new QueueKey(parts[0], parts[1]) : throw new FormatException($"'{key}' is not a queue's key (tenant/queue/partition).");
    }

    public override string ToString() => $"{Tenant}/{Name}";
}
