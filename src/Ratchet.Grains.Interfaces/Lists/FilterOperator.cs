namespace Ratchet.Lists;

/// <summary>How a condition compares a field. A field without a value meets <see cref="NotEqual"/> and <see cref="NotIn"/>, and no other condition.</summary>
public enum FilterOperator
{
    Equal = 0,
    NotEqual = 1,
    /// <summary>Any of the condition's values.</summary>
    In = 2,
    /// <summary>None of the condition's values.</summary>
    NotIn = 3,
    Greater = 4,
    GreaterOrEqual = 5,
    Less = 6,
    LessOrEqual = 7,
    /// <summary>The field's text contains the value. ASCII letters count as the same in either case; no character of the value is special.</summary>
    Like = 8,
}

public static class FilterOperators
{
    /// <summary>As the suffixes of REST parameters and the names of GraphQL's input fields spell them.</summary>
    public static string Name(this FilterOperator comparison) => comparison switch
    {
        FilterOperator.Equal => "eq",
        FilterOperator.NotEqual => "ne",
        FilterOperator.In => "in",
        FilterOperator.NotIn => "nin",
        FilterOperator.Greater => "gt",
        FilterOperator.GreaterOrEqual => "gte",
        FilterOperator.Less => "lt",
        FilterOperator.LessOrEqual => "lte",
        _ => "like",
    };

    /// <summary>What a field of a kind can be compared by.</summary>
    public static IReadOnlyList<FilterOperator> Of(FieldKind kind) => kind switch
    {
        FieldKind.Text => All,
        FieldKind.Word => Plain,
        FieldKind.Flag => Single,
        _ => Ordered,
    };

    public static IReadOnlyList<FilterOperator> All { get; } = Enum.GetValues<FilterOperator>();

    private static readonly FilterOperator[] Single = [FilterOperator.Equal, FilterOperator.NotEqual];
    private static readonly FilterOperator[] Plain = [FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.In, FilterOperator.NotIn];
    private static readonly FilterOperator[] Ordered = [.. Plain, FilterOperator.Greater, FilterOperator.GreaterOrEqual, FilterOperator.Less, FilterOperator.LessOrEqual];
}
