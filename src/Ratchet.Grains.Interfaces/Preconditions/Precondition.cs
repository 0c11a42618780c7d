namespace Ratchet.Preconditions;

/// <summary>
/// What a client knows of a thing that it changes (RFC 9110, section 13.1). It is looked at in the statement or transaction that makes the change: of two who know
/// the same, one is too late.
/// </summary>
/// <param name="Revisions">It has one of these; null: it is there, at whichever.</param>
/// <param name="Absent">It is not there yet. <paramref name="Revisions"/> means nothing then.</param>
[GenerateSerializer, Immutable, Alias("ratchet.precondition")]
public sealed record Precondition([property: Id(0)] IReadOnlyList<long>? Revisions, [property: Id(1)] bool Absent)
{
    /// <summary>It is there (<c>If-Match: *</c>).</summary>
    public static Precondition Present { get; } = new(null, false);

    /// <summary>It is not there (<c>If-None-Match: *</c>).</summary>
    public static Precondition Missing { get; } = new(null, true);

    /// <summary>It is at this revision.</summary>
    public static Precondition At(long revision) => new([revision], false);

    public override string ToString() => Absent ? "absent" : Revisions is null ? "present" : $"at {string.Join(" or ", Revisions)}";

    /// <param name="revision">Null: it is not there.</param>
    public bool Holds(long? revision) => Absent ? revision is null : revision is { } known && (Revisions is null || Revisions.Contains(known));
}
