namespace Ratchet.Lists;

/// <summary>What a list is narrowed to: a tree of conditions on the fields of one list. It names fields and operators, never SQL, so that it can express nothing else.</summary>
/// <typeparam name="TField">The list's fields.</typeparam>
[GenerateSerializer, Immutable, Alias("ratchet.filter`1")]
public sealed record Filter<TField> where TField : struct, Enum
{
    internal Filter(FilterKind kind, IReadOnlyList<Filter<TField>> parts) => (Kind, Parts) = (kind, parts);

    [Id(0)] public FilterKind Kind { get; internal init; }

    /// <summary>Of <see cref="FilterKind.All"/> and <see cref="FilterKind.Any"/>; one of <see cref="FilterKind.Not"/>.</summary>
    [Id(1)] public IReadOnlyList<Filter<TField>> Parts { get; internal init; }

    /// <summary>Of <see cref="FilterKind.Condition"/>, as the two that follow.</summary>
    [Id(2)] public TField Field { get; internal init; }

    [Id(3)] public FilterOperator Operator { get; internal init; }

    /// <summary>One, or for In and NotIn 1 to <see cref="Limits.FilterValues"/>.</summary>
    [Id(4)] public IReadOnlyList<FieldValue> Values { get; internal init; } = [];
}

/// <summary>Makes filters.</summary>
public static class Filter
{
    /// <summary>Every one of the parts holds; with no part at all it holds for everything.</summary>
    public static Filter<TField> All<TField>(params IReadOnlyList<Filter<TField>> parts) where TField : struct, Enum => new(FilterKind.All, parts);

    /// <summary>At least one of the parts holds; with no part at all it holds for nothing.</summary>
    public static Filter<TField> Any<TField>(params IReadOnlyList<Filter<TField>> parts) where TField : struct, Enum => new(FilterKind.Any, parts);

    public static Filter<TField> Not<TField>(Filter<TField> part) where TField : struct, Enum => new(FilterKind.Not, [part]);

    public static Filter<TField> Where<TField>(TField field, FilterOperator comparison, params IReadOnlyList<FieldValue> values) where TField : struct, Enum =>
        new(FilterKind.Condition, []) { Field = field, Operator = comparison, Values = values };
}

public enum FilterKind
{
    All = 0,
    Any = 1,
    Not = 2,
    Condition = 3,
}
