using System.Globalization;
using Ratchet.Lists;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Lists;

/// <summary>A value that goes into a statement as a parameter.</summary>
/// <param name="Many">All of the values, for a comparison with any of them; else the first.</param>
internal readonly record struct ListParameter(FieldKind Kind, IReadOnlyList<FieldValue> Values, bool Many);

/// <summary>
/// Puts the texts of <c>lists.sql</c> together for one query. Fields and operators choose texts; values become parameters; nothing that a client wrote becomes text.
/// </summary>
/// <param name="reserved">Parameters that the statement has before the query's values.</param>
internal sealed class ListText<TField, TItem>(SqlTexts sql, ListSchema<TField, TItem> schema, ListQuery<TField> query, int reserved) where TField : struct, Enum
{
    private readonly List<ListParameter> values = [];

    public IReadOnlyList<ListParameter> Values => values;

    /// <summary>The page is read from its far end, so that the rows come in the opposite order.</summary>
    public bool Backward { get; } = query.Before is not null || query.FromEnd;

    private ListSort<TField> Sort => query.Sort ?? schema.Order;

    private bool Descending => Sort.Descending != Backward;

    private bool ByKey => Sort.Field.Equals(schema.Key.Field);

    /// <summary>What rows have to meet, the page's cursor included.</summary>
    /// <param name="fields">The file of texts that fields stand for.</param>
    public string Where(string fields) => (query.After ?? query.Before) is { } place ? Join("All", [Matching(fields), Beyond(fields, place)]) : Matching(fields);

    /// <summary>What rows have to meet to be counted.</summary>
    public string Matching(string fields) => query.Filter is { } filter ? Of(fields, filter) : sql["lists.Everything"];

    public string Order(string fields)
    {
        string direction = Descending ? "Descending" : "Ascending";
        string key = Template("lists." + direction, Field(fields, schema.Key.Field));
        // A field that every item has a value of is sorted so that an index serves.
        return ByKey ? key : $"{Template($"lists.{direction}{(schema[Sort.Field].Optional ? "Nulls" : "")}", Field(fields, Sort.Field))}, {key}";
    }

    private string Of(string fields, Filter<TField> filter) => filter.Kind switch
    {
        FilterKind.All => filter.Parts.Count == 0 ? sql["lists.Everything"] : Join("All", filter.Parts.Select(part => Of(fields, part))),
        FilterKind.Any => filter.Parts.Count == 0 ? sql["lists.Nothing"] : Join("Any", filter.Parts.Select(part => Of(fields, part))),
        FilterKind.Not => sql["lists.Not"].Replace("{one}", Of(fields, filter.Parts[0]), StringComparison.Ordinal),
        _ => Condition(fields, filter.Field, filter.Operator, filter.Values),
    };

    private string Condition(string fields, TField field, FilterOperator comparison, IReadOnlyList<FieldValue> compared)
    {
        FieldKind kind = schema[field].Kind;
        bool many = comparison is FilterOperator.In or FilterOperator.NotIn;
        values.Add(new ListParameter(kind, compared, many));
        string value = sql["lists.Value"].Replace("{n}", (reserved + values.Count).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        string template = sql[$"lists.{comparison}{(many && kind == FieldKind.Id ? "Ids" : "")}"];
        return template.Replace("{field}", Field(fields, field), StringComparison.Ordinal).Replace("{value}", value, StringComparison.Ordinal);
    }

    /// <summary>What comes behind a place: a bound that an index can serve, and among those with the same value of it the key decides. What has no value is the greatest.</summary>
    private string Beyond(string fields, ListCursor place)
    {
        (FilterOperator beyond, FilterOperator from) = Descending ? (FilterOperator.Less, FilterOperator.LessOrEqual) : (FilterOperator.Greater, FilterOperator.GreaterOrEqual);
        string byKey = Condition(fields, schema.Key.Field, beyond, [place.Key]);
        if (ByKey) return byKey;
        string field = Field(fields, Sort.Field);
        if (place.Sorted is not { } value)
        {
            string same = Join("All", [Template("lists.IsNull", field), byKey]);
            return Descending ? Join("Any", [same, Template("lists.IsNotNull", field)]) : same;
        }

        string bounded = Join("All",
        [
            Condition(fields, Sort.Field, from, [value]),
            Join("Any", [Condition(fields, Sort.Field, beyond, [value]), byKey]),
        ]);
        return schema[Sort.Field].Optional && !Descending ? Join("Any", [bounded, Template("lists.IsNull", field)]) : bounded;
    }

    private string Field(string fields, TField field) => sql[$"{fields}.{field}"];

    private string Template(string name, string field) => sql[name].Replace("{field}", field, StringComparison.Ordinal);

    private string Join(string name, IEnumerable<string> parts) =>
        parts.Aggregate((one, other) => sql["lists." + name].Replace("{one}", one, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal));
}
