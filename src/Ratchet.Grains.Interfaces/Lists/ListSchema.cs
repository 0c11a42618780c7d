using System.Collections.Frozen;

namespace Ratchet.Lists;

/// <summary>What a kind of item can be filtered and sorted by: the one allow-list that REST, GraphQL and both stores go by.</summary>
/// <param name="noun">For messages: "jobs".</param>
/// <param name="key">The field that no two items of a tenant have the same of.</param>
/// <param name="order">The order when none is asked for.</param>
public sealed partial class ListSchema<TField, TItem>(string noun, TField key, ListSort<TField> order, params IReadOnlyList<ListField<TField, TItem>> fields) where TField : struct, Enum
{
    private readonly FrozenDictionary<TField, ListField<TField, TItem>> byField = fields.ToFrozenDictionary(f => f.Field);

    private readonly FrozenDictionary<string, ListField<TField, TItem>> byName =
        fields.SelectMany(f => new[] { f.Name, f.Path ?? f.Name }.Distinct().Select(name => (name, f))).ToFrozenDictionary(p => p.name, p => p.f, StringComparer.Ordinal);

    public string Noun => noun;

    public ListSort<TField> Order => order;

    public IReadOnlyList<ListField<TField, TItem>> Fields => fields;

    public ListField<TField, TItem> Key => byField[key];

    public ListField<TField, TItem> this[TField field] => byField[field];

    /// <summary>A field by the name that clients know it by.</summary>
    /// <exception cref="ListQueryException">There is none; the message names the nearest.</exception>
    public ListField<TField, TItem> Require(string name) => byName.GetValueOrDefault(name) ?? throw Unknown(name);

    public bool TryGet(string name, out ListField<TField, TItem>? field) => byName.TryGetValue(name, out field);

    /// <summary>Holds a query against the bounds: whatever passes can be answered.</summary>
    /// <exception cref="ListQueryException">It is too deep or too large, or a value does not fit its field.</exception>
    public void Check(ListQuery<TField> query)
    {
        if (query.Limit is < 1 or > Limits.ListRows) throw new ListQueryException($"A page has 1 to {Limits.ListRows} {noun}.");
        if (query.Offset is < 0 or > Limits.ListOffset) throw new ListQueryException($"At most {Limits.ListOffset} {noun} can be left out; a cursor goes further.");
        if (query is { After: not null, Before: not null }) throw new ListQueryException("A page is after a place or before one, not both.");
        if (query.Sort is { } sort) RequireKnown(sort.Field);
        int conditions = 0;
        if (query.Filter is { } filter) Check(filter, 1, ref conditions);
    }

    /// <summary>Whether an item is one that a filter picks.</summary>
    public bool Matches(Filter<TField>? filter, TItem item) => filter is null || filter.Kind switch
    {
        FilterKind.All => filter.Parts.All(part => Matches(part, item)),
        FilterKind.Any => filter.Parts.Any(part => Matches(part, item)),
        FilterKind.Not => !Matches(filter.Parts[0], item),
        _ => byField[filter.Field].Matches(item, filter.Operator, filter.Values),
    };

    private void Check(Filter<TField> filter, int depth, ref int conditions)
    {
        if (depth > Limits.FilterDepth) throw new ListQueryException($"A filter is nested at most {Limits.FilterDepth} levels deep.");
        if (++conditions > Limits.FilterConditions) throw new ListQueryException($"A filter has at most {Limits.FilterConditions} conditions, AND, OR and NOT included.");
        foreach (Filter<TField> part in filter.Parts) Check(part, depth + 1, ref conditions);
        if (filter.Kind == FilterKind.Not && filter.Parts.Count != 1) throw new ListQueryException("NOT has one part.");
        if (filter.Kind != FilterKind.Condition) return;
        ListField<TField, TItem> field = RequireKnown(filter.Field);
        if (!field.Operators.Contains(filter.Operator))
            throw new ListQueryException($"{field.Name} cannot be compared by '{filter.Operator.Name()}', only by {string.Join(", ", field.Operators.Select(o => o.Name()))}.", field.Name);
        bool many = filter.Operator is FilterOperator.In or FilterOperator.NotIn;
        if (filter.Values.Count < 1 || filter.Values.Count > (many ? Limits.FilterValues : 1))
            throw new ListQueryException(many ? $"{field.Name} can be compared with 1 to {Limits.FilterValues} values." : $"{field.Name} is compared with one value.", field.Name);
        if (!filter.Values.All(field.Takes)) throw new ListQueryException($"{field.Name} must be {field.Form}.", field.Name);
    }

    private ListField<TField, TItem> RequireKnown(TField field) =>
        byField.GetValueOrDefault(field) ?? throw new ListQueryException($"'{field}' is not a field of {noun}.");

    private ListQueryException Unknown(string name)
    {
        string near = NearestName.Close(name, byName.Keys) is { } close ? $"; did you mean '{close}'?" : $"; known are {string.Join(", ", fields.Select(f => f.Name))}.";
        return new ListQueryException($"'{name}' is not a field of {noun}{near}", name);
    }
}
