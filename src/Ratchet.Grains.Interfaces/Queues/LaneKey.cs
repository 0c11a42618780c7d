namespace Ratchet.Queues;

/// <summary>
/// A lane of a queue: its jobs that can only be held up together, as they are of one task and have the same keys. Whatever holds up one lane, such as
/// a limit that is reached or a task that is paused, leaves the jobs of the others free to go.
/// </summary>
/// <param name="Fairness">Whose turn it takes; null is a key too.</param>
/// <param name="Concurrency">Key of the limit on how many run at once.</param>
/// <param name="Rate">Key of the limit on starts in a window.</param>
/// <param name="Cache">Which result it shares: that of one attempt at a time. Of one length always (<see cref="CacheChars"/>), and no key that anybody chose.</param>
[GenerateSerializer, Immutable, Alias("ratchet.lane-key")]
public readonly record struct LaneKey(
    [property: Id(0)] string Task, [property: Id(1)] string? Fairness = null, [property: Id(2)] string? Concurrency = null, [property: Id(3)] string? Rate = null, [property: Id(4)] string? Cache = null)
{
    /// <summary>Characters of a cache key: 256 bits in base64url.</summary>
    public const int CacheChars = 43;

    /// <summary>Separators in the text of a lane that has one.</summary>
    public const int CacheSeparators = 4;

    // Names and keys hold no control characters.
    private const char Separator = '\n';

    /// <summary>As the store keeps it: the task's name alone where there are no keys, which is most often.</summary>
    public string Text
    {
        get
        {
            if (Cache is not null) return string.Join(Separator, Task, Fairness, Concurrency, Rate, Cache);
            return Fairness is null && Concurrency is null && Rate is null ? Task : string.Join(Separator, Task, Fairness, Concurrency, Rate);
        }
    }

    /// <summary>The cache key of a lane's text; null for most, at the cost of a comparison.</summary>
    public static string? CacheOf(string lane, string task) => lane.Length == task.Length ? null : Parse(lane).Cache;

    public static LaneKey Parse(string text)
    {
        if (!text.Contains(Separator, StringComparison.Ordinal)) return new LaneKey(text);
        string[] parts = text.Split(Separator);
        return new LaneKey(parts[0], Part(parts, 1), Part(parts, 2), Part(parts, 3), Part(parts, 4));
    }

    public override string ToString() => Text;

    private static string? Part(string[] parts, int i) => i < parts.Length && parts[i].Length > 0 ? parts[i] : null;
}
