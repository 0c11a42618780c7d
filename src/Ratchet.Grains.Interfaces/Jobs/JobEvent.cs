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
    [property: Id(8)] string? Reason);

/// <summary>A place in the order of all events: that of their transactions, and within one that of their writing. Neither is without gaps.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.event-cursor")]
public readonly record struct EventCursor([property: Id(0)] long Transaction, [property: Id(1)] long Sequence)
{
    public override string ToString() => $"{Transaction}-{Sequence}";
}
