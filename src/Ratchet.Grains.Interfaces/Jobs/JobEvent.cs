namespace Ratchet.Jobs;

/// <summary>One transition of one job, as it was written with it. Append-only.</summary>
/// <param name="Cursor">Its place among all events: what to go on from.</param>
/// <param name="Transition">Name of the <see cref="JobTransition"/>; or <c>escalate</c>, <c>reprioritise</c>, <c>debounce</c>, which change a waiting job in place.</param>
/// <param name="From">Null for the job's first.</param>
/// <param name="Attempt">Number of the attempt it belongs to, from 1; 0 before the first.</param>
/// <param name="Actor">Who did it: a node, <c>queue</c>, <c>client</c>, <c>schedule:nightly</c>.</param>
/// <param name="Reason">In a word or a sentence, where there is more to say than the transition does.</param>
[GenerateSerializer, Immutable, Alias("ratchet.job-event")]
public sealed record JobEvent(
    [property: Id(0)] EventCursor Cursor,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] JobId Job,
    [property: Id(3)] string Transition,
    [property: Id(4)] JobState? From,
    [property: Id(5)] JobState To,
    [property: Id(6)] int Attempt,
    [property: Id(7)] string Actor,
    [property: Id(8)] string? Reason)
{
    /// <summary>Of the job, as the two that follow; null where the event was asked for by its job, or the job was deleted.</summary>
    [Id(9)] public string? Tenant { get; init; }
    [Id(10)] public string? Task { get; init; }
    [Id(11)] public string? Queue { get; init; }
}

/// <summary>A place in the order of all events: that of their transactions, and within one that of their writing. Neither is without gaps.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.event-cursor")]
public readonly record struct EventCursor([property: Id(0)] long Transaction, [property: Id(1)] long Sequence) : IComparable<EventCursor>
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = default;
        int dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash <= 0 || !Read(text.AsSpan(0, dash), out long transaction) || !Read(text.AsSpan(dash + 1), out long sequence)) return false;
        cursor = new EventCursor(transaction, sequence);
        return true;

        static bool Read(ReadOnlySpan<char> digits, out long number) => long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
    }

    public int CompareTo(EventCursor other) => Transaction != other.Transaction ? Transaction.CompareTo(other.Transaction) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(EventCursor left, EventCursor right) => left.CompareTo(right) < 0;
    public static bool operator >(EventCursor left, EventCursor right) => left.CompareTo(right) > 0;
    public static bool operator <=(EventCursor left, EventCursor right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EventCursor left, EventCursor right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Transaction}-{Sequence}";
}
