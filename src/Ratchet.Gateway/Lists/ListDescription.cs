using System.Text.Json.Nodes;
using Ratchet.Gateway.OpenApi;
using Ratchet.Lists;

namespace Ratchet.Gateway.Lists;

/// <summary>The parameters of a list for the description of the interface, out of the allow-list that reads them.</summary>
internal static class ListDescription
{
    private const string Rules =
        "Lists are a page at a time: by rows (`_start`, `_end`) or by cursors (`after`, `before`, `limit`), which the Link header has. Each field is a filter, with a suffix for another comparison than equality "
        + "(`_ne`; but for flags `_in`, `_nin`; for what has an order, texts included, `_gt`, `_gte`, `_lt`, `_lte`; for texts `_like`); a whole tree of conditions is a `filter`.";

    /// <summary>What a comparison asks of the field, to be read after its name.</summary>
    private static readonly Dictionary<FilterOperator, string> Asks = new()
    {
        [FilterOperator.NotEqual] = "is another, or absent",
        [FilterOperator.In] = "is one of these",
        [FilterOperator.NotIn] = "is none of these, or absent",
        [FilterOperator.Greater] = "is greater",
        [FilterOperator.GreaterOrEqual] = "is greater, or equal",
        [FilterOperator.Less] = "is less",
        [FilterOperator.LessOrEqual] = "is less, or equal",
        [FilterOperator.Like] = "contains this, in any case of ASCII letters",
    };

    /// <summary>What greater means, where it could mean several things.</summary>
    private static readonly Dictionary<FieldKind, string> Orders = new()
    {
        [FieldKind.Text] = " by the bytes of its UTF-8",
        [FieldKind.Level] = " from LOW to URGENT",
        [FieldKind.Instant] = " in time",
    };

    public static Operation Of<TField, TItem>(Operation op, ListSchema<TField, TItem> schema, IEnumerable<string> members) where TField : struct, Enum
    {
        op.Says(Rules)
            .Query("_start", Schema.Integer("Rows to pass over.", 0, Limits.ListOffset))
            .Query("_end", Schema.Integer("The row before which the page ends.", 1, Limits.ListOffset + Limits.ListRows))
            .Query("_sort", Schema.Word(schema.Fields.Select(field => field.Name), $"The field to sort by; {schema[schema.Order.Field].Name} when absent."))
            .Query("_order", Schema.Word(["asc", "desc"], "With _sort: asc when absent."))
            .Query("after", Schema.Text("A cursor: the page behind it."))
            .Query("before", Schema.Text("A cursor: the page before it."))
            .Query("limit", Schema.Integer("Rows of a page; 50 when absent.", 1, Limits.ListRows))
            .Query("fields", Schema.List(Schema.Word(members), null, "The members that items are to have, instead of all."))
            .Query("filter", Schema.Text("Conditions as JSON, such as {\"or\":[{\"NAME\":{\"eq\":\"...\"}},{\"not\":{\"NAME\":{\"in\":[...]}}}]}."));
        foreach (ListField<TField, TItem> field in schema.Fields)
        {
            op.Query(field.Name, Schema.List(KindOf(field), Limits.FilterValues, $"Where {field.Name} is this, or one of these."));
            foreach (FilterOperator comparison in field.Operators.Where(o => o != FilterOperator.Equal))
            {
                bool many = comparison is FilterOperator.In or FilterOperator.NotIn;
                string meaning = $"Where {field.Name} {Asks[comparison]}{(IsOrder(comparison) ? Orders.GetValueOrDefault(field.Kind) : null)}.";
                op.Query($"{field.Name}_{comparison.Name()}", many ? Schema.List(KindOf(field), Limits.FilterValues, meaning) : KindOf(field).Saying(meaning));
            }
        }

        return op.Problem(422, "too-costly", "The list takes too long to read.");
    }

    private static bool IsOrder(FilterOperator comparison) => comparison is FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.Less or FilterOperator.LessOrEqual;

    private static JsonObject KindOf<TField, TItem>(ListField<TField, TItem> field) where TField : struct, Enum => field.Kind switch
    {
        FieldKind.Word or FieldKind.Level => Schema.Word(field.Words.Select(word => word.Word)),
        FieldKind.Number => Schema.Integer(),
        FieldKind.Instant => Schema.Instant(),
        FieldKind.Id => Schema.Uuid(),
        FieldKind.Flag => Schema.Flag(),
        _ => Schema.Text(),
    };
}
