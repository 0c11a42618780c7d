using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Ratchet.Lists;

/// <summary>Cursors as texts that clients hand back as they got them.</summary>
public sealed partial class ListSchema<TField, TItem>
{
    private const int LongestCursor = 4_096;

    /// <summary>A cursor as a text, for the order that it belongs to: another order refuses it.</summary>
    public string Write(ListCursor cursor, ListSort<TField>? asked)
    {
        ListSort<TField> sort = asked ?? order;
        ListField<TField, TItem> field = byField[sort.Field];
        string?[] parts = [field.Name, sort.Descending ? "desc" : "asc", cursor.Sorted is { } value ? Text(field.Kind, value) : null, Text(Key.Kind, cursor.Key)];
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));
    }

    /// <exception cref="ListQueryException">It is no cursor of this list in this order.</exception>
    public ListCursor ReadCursor(string text, ListSort<TField>? asked)
    {
        ListSort<TField> sort = asked ?? order;
        ListField<TField, TItem> field = byField[sort.Field];
        string?[]? parts = Parts(text);
        if (parts is not [{ } name, { } direction, _, { } keyText] || !TryRead(Key.Kind, keyText, out FieldValue key)) throw new ListQueryException($"It is not a cursor of {noun}; take one from an answer's Link header, as it is.");
        if (name != field.Name || direction != (sort.Descending ? "desc" : "asc")) throw new ListQueryException($"The cursor belongs to the order by {name} {direction}; begin anew without it.");
        if (parts[2] is null) return new ListCursor(null, key);
        return TryRead(field.Kind, parts[2]!, out FieldValue value) ? new ListCursor(value, key) : throw new ListQueryException($"It is not a cursor of {noun}; take one from an answer's Link header, as it is.");
    }

    private static string?[]? Parts(string text)
    {
        if (text.Length > LongestCursor || !Base64Url.IsValid(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(FieldKind kind, FieldValue value) => kind switch
    {
        FieldKind.Text or FieldKind.Word => value.Text!,
        FieldKind.Instant => value.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
        FieldKind.Id => value.Id.ToString("D"),
        _ => value.Number.ToString(CultureInfo.InvariantCulture),
    };

    private static bool TryRead(FieldKind kind, string text, out FieldValue value)
    {
        value = default;
        switch (kind)
        {
            // What no store takes.
            case FieldKind.Text or FieldKind.Word when text.Contains('\0', StringComparison.Ordinal):
                return false;
            case FieldKind.Text or FieldKind.Word:
                value = FieldValue.Of(text);
                return true;
            case FieldKind.Id:
                bool isId = Guid.TryParseExact(text, "D", out Guid id);
                value = FieldValue.Of(id);
                return isId;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return false;
        if (kind != FieldKind.Instant) value = FieldValue.Of(number);
        else if (number is >= 0 and <= 3_155_378_975_999_999_999) value = FieldValue.Of(new DateTimeOffset(number, TimeSpan.Zero));
        else return false;
        return true;
    }
}
