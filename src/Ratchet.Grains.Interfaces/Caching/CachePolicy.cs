namespace Ratchet.Caching;

/// <summary>How a task's results are shared by equal jobs; from <c>cache</c> in its metadata.</summary>
/// <param name="Ttl">How long a result is given to equal jobs, from when it was accepted; 1 ms to 30 days (<c>cache.ttlMs</c>).</param>
[GenerateSerializer, Immutable, Alias("ratchet.cache-policy")]
public sealed record CachePolicy([property: Id(0)] TimeSpan Ttl)
{
    public const int MostPointers = 32;
    public static readonly TimeSpan LongestTtl = TimeSpan.FromDays(30);

    /// <summary>JSON Pointers (RFC 6901) to the parts of the input that make jobs equal (<c>cache.key</c>); none: the whole input does. At most 32.</summary>
    [Id(1)] public IReadOnlyList<string> Key { get; init; } = [];
}
