namespace Ratchet.Queues;

/// <summary>
/// A lane of a queue: its jobs that can only be held up together, as they are of one task and have the same keys. Whatever holds up one lane, such as
/// a limit that is reached or a task that is paused, leaves the jobs of the others free to go.
/// </summary>
/// <param name="Fairness">Whose turn it takes; null is a key too.</param>
/// <param name="Concurrency">Key of the limit on how many run at once.</param>
/// <param name="Rate">Key of the limit on starts in a window.</param>
[GenerateSerializer, Immutable, Alias("ratchet.lane-key")]
public readonly record struct LaneKey([property: Id(0)] string Task, [property: Id(1)] string? Fairness = null, [property: Id(2)] string? Concurrency = null, [property: Id(3)] string? Rate = null)
{
    // Names and keys hold no control characters.
    private const char Separator = '\n';

    /// <summary>As the store keeps it: the task's name alone where there are no keys, which is most often.</summary>
    public string Text => Fairness is null && Concurrency is null && Rate is null ? Task : string.Join(Separator, Task, Fairness, Concurrency, Rate);

    public static LaneKey Parse(string text)
    {
        if (!text.Contains(Separator, StringComparison.Ordinal)) return new LaneKey(text);
        string[] parts = text.Split(Separator);
        return new LaneKey(parts[0], Part(parts, 1), Part(parts, 2), Part(parts, 3));
    }

    public override string ToString() => Text;

    private static string? Part(string[] parts, int i) => i < parts.Length && parts[i].Length > 0 ? parts[i] : null;
}
