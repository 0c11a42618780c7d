namespace Ratchet.Submissions;

/// <summary>One job a key: what is to happen when another job of the tenant holds it already.</summary>
/// <param name="Key">At most <see cref="Limits.NameChars"/> characters.</param>
/// <param name="Period">How long the holder keeps the key, counted from its submit; null: until the holder is at an end. At most 365 days.</param>
/// <param name="Conflict">What happens to the newcomer.</param>
[GenerateSerializer, Immutable, Alias("ratchet.unique-rule")]
public sealed record UniqueRule(
    [property: Id(0)] string Key,
    [property: Id(1)] TimeSpan? Period,
    [property: Id(2)] UniqueConflict Conflict);

public enum UniqueConflict
{
    /// <summary>The newcomer is refused (409) and told who holds the key.</summary>
    Reject = 0,

    /// <summary>The holder is the answer, as with an idempotency key.</summary>
    Existing = 1,

    /// <summary>The holder is cancelled, if it is not at an end, and the newcomer takes the key.</summary>
    Replace = 2,
}

/// <summary>
/// Debounce (trailing edge): submits of a task with the same key while the job waits push its run-at back; one job runs when they pause, as the last of them said: its version, input,
/// queue, priority, keys, deadline and policies.
/// </summary>
/// <param name="Key">Its task's own. At most <see cref="Limits.NameChars"/> characters.</param>
/// <param name="Delay">How long after the last submit it runs; 1 ms to 1 day.</param>
/// <param name="MaxDelay">No later than this after the first submit; null: no bound.</param>
[GenerateSerializer, Immutable, Alias("ratchet.debounce-rule")]
public sealed record DebounceRule(
    [property: Id(0)] string Key,
    [property: Id(1)] TimeSpan Delay,
    [property: Id(2)] TimeSpan? MaxDelay);
