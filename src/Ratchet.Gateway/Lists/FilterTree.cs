using System.Globalization;
using System.Text.Json;
using Ratchet.Gateway.Problems;
using Ratchet.Lists;

namespace Ratchet.Gateway.Lists;

/// <summary>
/// A filter as JSON, in the form that GraphQL has too: <c>{"or":[{"state":{"in":["FAILED","EXPIRED"]}},{"attempts":{"gte":3}}]}</c>. The members of one object all have to hold.
/// </summary>
internal static class FilterTree
{
    private const int MostChars = 4_096;

    /// <exception cref="ProblemException">It is not JSON, or not a filter (422, with a pointer into it).</exception>
    public static Filter<TField> Read<TField, TItem>(ListSchema<TField, TItem> schema, string text) where TField : struct, Enum
    {
        if (text.Length > MostChars) throw Wrong("/filter", $"filter has at most {MostChars} characters.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = (2 * Limits.FilterDepth) + 4 });
            return Node(schema, document.RootElement, "/filter", 1);
        }
        catch (JsonException)
        {
            throw Wrong("/filter", """filter must be JSON, such as {"or":[{"state":{"eq":"FAILED"}},{"attempts":{"gte":3}}]}.""");
        }
    }

    private static Filter<TField> Node<TField, TItem>(ListSchema<TField, TItem> schema, JsonElement node, string pointer, int depth) where TField : struct, Enum
    {
        if (node.ValueKind != JsonValueKind.Object) throw Wrong(pointer, "A filter must be an object.");
        if (depth > Limits.FilterDepth) throw Wrong(pointer, $"A filter is nested at most {Limits.FilterDepth} levels deep.");
        var parts = new List<Filter<TField>>();
        foreach (JsonProperty member in node.EnumerateObject())
        {
            string at = $"{pointer}/{member.Name}";
            switch (member.Name)
            {
                case "and":
                    parts.Add(Filter.All(Nodes(schema, member.Value, at, depth)));
                    break;
                case "or":
                    parts.Add(Filter.Any(Nodes(schema, member.Value, at, depth)));
                    break;
                case "not":
                    parts.Add(Filter.Not(Node(schema, member.Value, at, depth + 1)));
                    break;
                default:
                    parts.AddRange(Conditions(schema, member, at));
                    break;
            }
        }

        return parts.Count == 1 ? parts[0] : Filter.All(parts);
    }

    private static Filter<TField>[] Nodes<TField, TItem>(ListSchema<TField, TItem> schema, JsonElement list, string pointer, int depth) where TField : struct, Enum
    {
        if (list.ValueKind != JsonValueKind.Array) throw Wrong(pointer, "It must be a list of filters.");
        return [.. list.EnumerateArray().Select((node, i) => Node(schema, node, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), depth + 1))];
    }

    private static IEnumerable<Filter<TField>> Conditions<TField, TItem>(ListSchema<TField, TItem> schema, JsonProperty member, string pointer) where TField : struct, Enum
    {
        ListField<TField, TItem> field = Require(schema, member.Name, pointer);
        if (member.Value.ValueKind != JsonValueKind.Object) throw Wrong(pointer, $"{field.Name} must be an object of comparisons, such as {{\"eq\": ...}}.");
        foreach (JsonProperty comparison in member.Value.EnumerateObject())
        {
            string at = $"{pointer}/{comparison.Name}";
            if (!field.Operators.Any(o => o.Name() == comparison.Name))
                throw Wrong(at, $"{field.Name} cannot be compared by '{comparison.Name}', only by {string.Join(", ", field.Operators.Select(o => o.Name()))}.");
            FilterOperator by = field.Operators.First(o => o.Name() == comparison.Name);
            bool many = by is FilterOperator.In or FilterOperator.NotIn;
            if (many && comparison.Value.ValueKind != JsonValueKind.Array) throw Wrong(at, "It must be a list.");
            yield return Filter.Where(field.Field, by, many ? [.. comparison.Value.EnumerateArray().Select(value => Value(field, value, at))] : [Value(field, comparison.Value, at)]);
        }
    }

    private static ListField<TField, TItem> Require<TField, TItem>(ListSchema<TField, TItem> schema, string name, string pointer) where TField : struct, Enum
    {
        try
        {
            return schema.Require(name);
        }
        catch (ListQueryException e)
        {
            throw Wrong(pointer, e.Message);
        }
    }

    private static FieldValue Value<TField, TItem>(ListField<TField, TItem> field, JsonElement value, string pointer) where TField : struct, Enum
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => Text(value),
            JsonValueKind.Number when field.Kind == FieldKind.Number => value.GetRawText(),
            JsonValueKind.True when field.Kind == FieldKind.Flag => "true",
            JsonValueKind.False when field.Kind == FieldKind.Flag => "false",
            _ => null,
        };
        return text is not null && field.TryParse(text, out FieldValue read) ? read : throw Wrong(pointer, $"{field.Name} must be {field.Form}.");
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
