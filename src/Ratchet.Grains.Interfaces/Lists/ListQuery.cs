namespace Ratchet.Lists;

/// <summary>One page of a list.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.list-query`1")]
public sealed record ListQuery<TField> where TField : struct, Enum
{
    /// <summary>Null: all.</summary>
    [Id(0)] public Filter<TField>? Filter { get; init; }

    /// <summary>Null: by the list's own order, which is the one that costs nothing.</summary>
    [Id(1)] public ListSort<TField>? Sort { get; init; }

    /// <summary>What follows this place in the order, nearest first.</summary>
    [Id(2)] public ListCursor? After { get; init; }

    /// <summary>What precedes this place: those nearest to it, in the list's order. Not together with <see cref="After"/>.</summary>
    [Id(3)] public ListCursor? Before { get; init; }

    /// <summary>Rows to leave out, 0 to <see cref="Limits.ListOffset"/>: for page numbers. A cursor goes as far as one likes.</summary>
    [Id(4)] public int Offset { get; init; }

    /// <summary>1 to <see cref="Limits.ListRows"/>.</summary>
    [Id(5)] public int Limit { get; init; } = 50;

    /// <summary>Whether all that match are to be counted, up to <see cref="Limits.CountedRows"/>. It costs more than the page does.</summary>
    [Id(6)] public bool Count { get; init; }

    /// <summary>The last page instead of the first, when there is neither cursor nor offset: Relay's <c>last</c> alone.</summary>
    [Id(7)] public bool FromEnd { get; init; }
}

/// <param name="Descending">Items without a value come first then, and last otherwise.</param>
[GenerateSerializer, Immutable, Alias("ratchet.list-sort`1")]
public sealed record ListSort<TField>([property: Id(0)] TField Field, [property: Id(1)] bool Descending) where TField : struct, Enum;

/// <summary>An item's place in a list's order. Items that come or go meanwhile move no place.</summary>
/// <param name="Sorted">The item's value of the field that is sorted by; null when it has none.</param>
/// <param name="Key">The item's own key, which no other has.</param>
[GenerateSerializer, Immutable, Alias("ratchet.list-cursor")]
public sealed record ListCursor([property: Id(0)] FieldValue? Sorted, [property: Id(1)] FieldValue Key);

/// <param name="Total">How many match in all; null when it was not asked for, or could not be counted in time.</param>
/// <param name="More">There are more than <paramref name="Total"/>: counting ended there.</param>
[GenerateSerializer, Immutable, Alias("ratchet.list-page`1")]
public sealed record ListPage<TItem>(
    [property: Id(0)] IReadOnlyList<TItem> Items,
    [property: Id(1)] bool HasNext,
    [property: Id(2)] bool HasPrevious,
    [property: Id(3)] long? Total,
    [property: Id(4)] bool More = false);
