using Ratchet.Lists;

namespace Ratchet.Storage.Tests.Lists;

/// <summary>Makes queries out of numbers, so that fewer and smaller numbers make simpler queries.</summary>
internal sealed class FilterGenes<TField, TItem>(ListSchema<TField, TItem> schema, IReadOnlyList<TItem> items, int[] genes) where TField : struct, Enum
{
    private static readonly string[] Texts = ["a", "A", "%", "_", "'", "\"", "\\", "\\%", "a_b", "100%", "ä", "🦀", "\uFFEE", "'; DROP TABLE jobs; --", "$1", "?1", "{value}", "{field}"];
    private int at;

    public ListQuery<TField> Query() => new()
    {
        Filter = Next(6) == 0 ? null : Tree(1),
        Sort = Next(2) == 0 ? null : new ListSort<TField>(Field().Field, Next(2) == 0),
        Limit = 1 + Next(20),
        Count = true,
    };

    public int Next(int below) => genes.Length == 0 ? 0 : genes[at++ % genes.Length] % below;

    private Filter<TField> Tree(int depth) => (depth < Limits.FilterDepth - 1 ? Next(6) : 5) switch
    {
        0 => Filter.Not(Tree(depth + 1)),
        1 => Filter.All([.. Enumerable.Range(0, Next(3)).Select(_ => Tree(depth + 1))]),
        2 => Filter.Any([.. Enumerable.Range(0, Next(3)).Select(_ => Tree(depth + 1))]),
        _ => Condition(),
    };

    private Filter<TField> Condition()
    {
        ListField<TField, TItem> field = Field();
        FilterOperator comparison = field.Operators[Next(field.Operators.Count)];
        int values = comparison is FilterOperator.In or FilterOperator.NotIn ? 1 + Next(3) : 1;
        return Filter.Where(field.Field, comparison, [.. Enumerable.Range(0, values).Select(_ => Value(field))]);
    }

    private ListField<TField, TItem> Field() => schema.Fields[Next(schema.Fields.Count)];

    private FieldValue Value(ListField<TField, TItem> field)
    {
        if (field.Words.Count > 0) return field.Words[Next(field.Words.Count)].Value;
        if (field.Kind == FieldKind.Flag) return FieldValue.Of(Next(2) == 0);
        FieldValue? some = field.Read(items[Next(items.Count)]);
        if (field.Kind == FieldKind.Text)
        {
            // A part of a text that is there, which is what like finds; or one that only looks like trouble.
            string text = some is { Text: { } there } && Next(2) == 0 ? there : Texts[Next(Texts.Length)];
            string part = Next(2) == 0 ? text : text[..Math.Max(1, text.Length / 2)];
            return FieldValue.Of(EntityName.IsText(part) ? part : text);
        }

        return some ?? (field.Kind == FieldKind.Instant ? FieldValue.Of(Make.Noon) : FieldValue.Of(1L));
    }
}
