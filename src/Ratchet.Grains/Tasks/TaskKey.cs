namespace Ratchet.Grains.Tasks;

/// <summary>A TaskGrain's key: tenant/name.</summary>
public readonly record struct TaskKey(string Tenant, string Name)
{
    public string GrainKey => $"{Tenant}/{Name}";

    /// <exception cref="FormatException">The key has no slash.</exception>
    public static TaskKey FromGrainKey(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? new TaskKey(key[..slash], key[(slash + 1)..]) : throw new FormatException($"'{key}' is not a task's key (tenant/name).");
    }
}
