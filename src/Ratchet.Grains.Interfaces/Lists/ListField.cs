using System.Globalization;

namespace Ratchet.Lists;

/// <summary>One field that a list can be filtered and sorted by.</summary>
/// <param name="Name">As clients write it: the name that it has in JSON answers.</param>
/// <param name="Read">The field of an item; null when it has none.</param>
public sealed record ListField<TField, TItem>(TField Field, string Name, FieldKind Kind, Func<TItem, FieldValue?> Read) where TField : struct, Enum
{
    /// <summary>Of <see cref="FieldKind.Word"/> and <see cref="FieldKind.Level"/>: the words there are.</summary>
    public IReadOnlyList<(string Word, FieldValue Value)> Words { get; init; } = [];

    /// <summary>Where it is in JSON answers when it is not at their top: <c>failure.kind</c>. It can be named so as well.</summary>
    public string? Path { get; init; }

    /// <summary>Items may have no value of it.</summary>
    public bool Optional { get; init; }

    public IReadOnlyList<FilterOperator> Operators => FilterOperators.Of(Kind);

    /// <summary>What a message about a value that is none says that it must be.</summary>
    public string Form => Kind switch
    {
        FieldKind.Word or FieldKind.Level => $"one of {string.Join(", ", Words.Select(w => w.Word))}",
        FieldKind.Number => "a whole number",
        FieldKind.Instant => Instants.Form,
        FieldKind.Id => "a UUID",
        FieldKind.Flag => "true or false",
        _ => $"a text of 1 to {Limits.NameChars} characters without control characters",
    };

    /// <summary>Reads a value as clients write it.</summary>
    public bool TryParse(string text, out FieldValue value)
    {
        value = default;
        switch (Kind)
        {
            case FieldKind.Word or FieldKind.Level:
                foreach ((string word, FieldValue meant) in Words)
                {
                    if (!word.Equals(text, StringComparison.OrdinalIgnoreCase)) continue;
                    value = meant;
                    return true;
                }

                return false;
            case FieldKind.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number):
                value = FieldValue.Of(number);
                return true;
            case FieldKind.Instant when Instants.TryParse(text, out DateTimeOffset at):
                value = FieldValue.Of(at);
                return true;
            case FieldKind.Id when Guid.TryParseExact(text, "D", out Guid id):
                value = FieldValue.Of(id);
                return true;
            case FieldKind.Flag when text is "true" or "false":
                value = FieldValue.Of(text == "true");
                return true;
            case FieldKind.Text when EntityName.IsText(text):
                value = FieldValue.Of(text);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a value is one that the field can be compared with, however it was made.</summary>
    internal bool Takes(FieldValue value) => Kind switch
    {
        FieldKind.Text => value.Text is { } text && EntityName.IsText(text),
        FieldKind.Word or FieldKind.Level => Words.Any(w => w.Value == value),
        FieldKind.Flag => value.Number is 0 or 1,
        _ => true,
    };

    internal bool Matches(TItem item, FilterOperator comparison, IReadOnlyList<FieldValue> values)
    {
        FieldValue? found = Read(item);
        if (found is not { } value) return comparison is FilterOperator.NotEqual or FilterOperator.NotIn;
        return comparison switch
        {
            FilterOperator.Equal => Compare(value, values[0]) == 0,
            FilterOperator.NotEqual => Compare(value, values[0]) != 0,
            FilterOperator.In => values.Any(v => Compare(value, v) == 0),
            FilterOperator.NotIn => values.All(v => Compare(value, v) != 0),
            FilterOperator.Greater => Compare(value, values[0]) > 0,
            FilterOperator.GreaterOrEqual => Compare(value, values[0]) >= 0,
            FilterOperator.Less => Compare(value, values[0]) < 0,
            FilterOperator.LessOrEqual => Compare(value, values[0]) <= 0,
            _ => Folded(value.Text!).Contains(Folded(values[0].Text!), StringComparison.Ordinal),
        };
    }

    /// <summary>Orders two items; one without a value comes after all that have one.</summary>
    internal int Order(FieldValue? one, FieldValue? other) => (one, other) switch
    {
        ({ } a, { } b) => Compare(a, b),
        (null, null) => 0,
        (null, _) => 1,
        _ => -1,
    };

    private int Compare(FieldValue one, FieldValue other) => FieldValue.Compare(Kind, one, other);

    private static string Folded(string text) => string.Create(text.Length, text, static (folded, from) =>
    {
        for (int i = 0; i < folded.Length; i++) folded[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });
}
