using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Deprecations;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Lists;

namespace Ratchet.Gateway.Lists;

/// <summary>What a request asks of a list.</summary>
/// <param name="Members">The members of each item that the answer is to have; null: all.</param>
/// <param name="Deprecated">It asks in a way that goes away; null: it does not.</param>
internal sealed record ListRequest<TField>(ListQuery<TField> Query, IReadOnlySet<string>? Members, Deprecation? Deprecated) where TField : struct, Enum;

/// <summary>
/// Reads the parameters that every list has: those of json-server, which Refine's simple-rest sends (<c>_start</c>, <c>_end</c>, <c>_sort</c>, <c>_order</c>, <c>field</c>,
/// <c>field_like</c>), cursors (<c>after</c>, <c>before</c>, <c>limit</c>), <c>fields</c> and a whole tree as <c>filter</c>. Any other is an error.
/// </summary>
internal sealed class ListReader<TField, TItem>(ListSchema<TField, TItem> schema, IReadOnlyList<string> members, params IReadOnlyList<string> others) where TField : struct, Enum
{
    private const int DefaultRows = 50;

    private static readonly string[] Known = ["_start", "_end", "_sort", "_order", "after", "before", "limit", "fields", "filter"];

    /// <exception cref="ProblemException">A parameter is unknown, or its value makes no sense (422).</exception>
    public ListRequest<TField> Read(IQueryCollection query)
    {
        ListSort<TField>? sort = Sort(query);
        int start = Number(query, "_start", 0, 0, Limits.ListOffset);
        int end = Number(query, "_end", start + Number(query, "limit", DefaultRows, 1, Limits.ListRows), 0, Limits.ListOffset + Limits.ListRows);
        if (end <= start) throw Wrong("_end", "_end must be greater than _start.");
        var asked = new ListQuery<TField>
        {
            Filter = Filter(query),
            Sort = sort,
            After = Cursor(query, "after", sort),
            Before = Cursor(query, "before", sort),
            Offset = start,
            Limit = Math.Min(end - start, Limits.ListRows),
        };
        try
        {
            schema.Check(asked);
        }
        catch (ListQueryException e)
        {
            throw Wrong(e.Field ?? (asked is { After: not null, Before: not null } ? "before" : "filter"), e.Message);
        }

        // Counting costs more than the page: whoever walks by cursors has the number from the first page.
        return new ListRequest<TField>(asked with { Count = asked is { After: null, Before: null } }, Members(query), IsAnId(query, out _) ? Deprecation.BeforeAnId : null);
    }

    /// <summary>What the description of the interface says of a list that is read by this.</summary>
    /// <param name="example">Of an item, as JSON.</param>
    public Operation Describe(Operation op, string meaning, JsonObject item, string? example = null) =>
        ListDescription.Of(op, schema, members).AnswerList(meaning, item, example, "x-total-count-more", "Link", "Deprecation", "Sunset");

    private ListSort<TField>? Sort(IQueryCollection query)
    {
        string? name = query["_sort"].FirstOrDefault(), direction = query["_order"].FirstOrDefault();
        if (direction is not (null or "asc" or "desc" or "ASC" or "DESC")) throw Wrong("_order", "_order must be asc or desc.");
        if (name is null) return direction is null ? null : throw Wrong("_order", "_order needs _sort: the field to sort by.");
        if (name.Contains(',', StringComparison.Ordinal) || query["_sort"].Count > 1) throw Wrong("_sort", "A list is sorted by one field; its items' ids decide between equal ones.");
        return new ListSort<TField>(Field("_sort", name).Field, direction is "desc" or "DESC");
    }

    private ListCursor? Cursor(IQueryCollection query, string name, ListSort<TField>? sort)
    {
        if (query[name].FirstOrDefault() is not { Length: > 0 } text) return null;
        if (name == "before" && IsAnId(query, out _)) return null;
        try
        {
            return schema.ReadCursor(text, sort);
        }
        catch (ListQueryException e)
        {
            throw Wrong(name, e.Message);
        }
    }

    /// <summary>Before there were cursors, before was an item's id: what comes behind it in the list's own order.</summary>
    private bool IsAnId(IQueryCollection query, out Guid id)
    {
        id = default;
        return schema.Key.Kind == FieldKind.Id && Guid.TryParseExact(query["before"].FirstOrDefault(), "D", out id);
    }

    private Filter<TField>? Filter(IQueryCollection query)
    {
        var parts = new List<Filter<TField>>();
        foreach (string name in query.Keys)
        {
            if (name == "filter") parts.AddRange(query[name].Select(text => FilterTree.Read(schema, text ?? "")));
            else if (name == "before" && IsAnId(query, out Guid id))
                parts.Add(Ratchet.Lists.Filter.Where(schema.Key.Field, FilterOperator.Less, FieldValue.Of(id)));
            else if (!Known.Contains(name) && !others.Contains(name)) parts.Add(Condition(name, [.. query[name].Select(text => text ?? "")]));
        }

        return parts.Count switch { 0 => null, 1 => parts[0], _ => Ratchet.Lists.Filter.All(parts) };
    }

    /// <summary><c>state=FAILED,EXPIRED</c>, <c>task_like=mail</c>, <c>createdAt_gte=...</c>.</summary>
    private Filter<TField> Condition(string name, IReadOnlyList<string> texts)
    {
        (ListField<TField, TItem> field, FilterOperator comparison) = Target(name);
        bool lists = comparison is FilterOperator.In or FilterOperator.NotIn || (field.Kind != FieldKind.Text && comparison is FilterOperator.Equal or FilterOperator.NotEqual);
        // A comma may be part of a text: only field_in and field_nin take it for what stands between several.
        string[] given = [.. texts.SelectMany(text => lists ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text])];
        if (given.Length == 0) throw Wrong(name, $"{field.Name} must be {field.Form}.");
        FieldValue[] values = [.. given.Select(text => field.TryParse(text, out FieldValue value) ? value : throw Wrong(name, $"'{text}' is not a value of {field.Name}: it must be {field.Form}."))];
        comparison = (comparison, values.Length) switch
        {
            (FilterOperator.Equal, > 1) => FilterOperator.In,
            (FilterOperator.NotEqual, > 1) => FilterOperator.NotIn,
            _ => comparison,
        };
        if (values.Length > 1 && comparison is not (FilterOperator.In or FilterOperator.NotIn)) throw Wrong(name, $"{name} is there {values.Length} times; it compares with one value.");
        return Ratchet.Lists.Filter.Where(field.Field, comparison, values);
    }

    private (ListField<TField, TItem> Field, FilterOperator Comparison) Target(string name)
    {
        if (schema.TryGet(name, out ListField<TField, TItem>? whole)) return (whole!, FilterOperator.Equal);
        int bar = name.LastIndexOf('_');
        if (bar <= 0 || !schema.TryGet(name[..bar], out ListField<TField, TItem>? field)) throw Unknown(name);
        string suffix = name[(bar + 1)..];
        foreach (FilterOperator comparison in field!.Operators)
        {
            if (comparison.Name() == suffix) return (field, comparison);
        }

        throw Wrong(name, $"{field.Name} cannot be compared by '{suffix}', only by {string.Join(", ", field.Operators.Select(o => o.Name()))}.");
    }

    private HashSet<string>? Members(IQueryCollection query)
    {
        if (query["fields"].Count == 0) return null;
        var asked = query["fields"].SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        foreach (string name in asked)
        {
            if (members.Contains(name)) continue;
            string near = NearestName.Close(name, members) is { } close ? $"; did you mean '{close}'?" : $"; known are {string.Join(", ", members)}.";
            throw Wrong("fields", $"'{name}' is not a field that lists of {schema.Noun} have{near}");
        }

        return asked.Count > 0 ? asked : throw Wrong("fields", "fields names at least one field.");
    }

    private ListField<TField, TItem> Field(string parameter, string name)
    {
        try
        {
            return schema.Require(name);
        }
        catch (ListQueryException e)
        {
            throw Wrong(parameter, e.Message);
        }
    }

    private ProblemException Unknown(string name)
    {
        IEnumerable<string> names = schema.Fields.Select(f => f.Name).Concat(Known).Concat(others);
        string near = NearestName.Close(name, names) is { } close ? $"; did you mean '{close}'?" : $"; known are {string.Join(", ", names)}.";
        return Wrong(name, $"'{name}' is not a filter of {schema.Noun}{near}");
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int least, int most)
    {
        if (query[name].FirstOrDefault() is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Wrong(name, $"{name} must be a whole number from {least} to {most}{(name == "_start" ? "; a cursor ('after') goes further" : "")}.");
    }

    private static ProblemException Wrong(string name, string detail) => new(Problem.InvalidField("/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), detail));
}
