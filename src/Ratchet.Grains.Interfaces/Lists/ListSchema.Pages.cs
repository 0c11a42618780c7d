namespace Ratchet.Lists;

/// <summary>Pages of lists that are in memory whole.</summary>
public sealed partial class ListSchema<TField, TItem>
{
    /// <summary>The page that a query asks for.</summary>
    /// <exception cref="ListQueryException">As <see cref="Check(ListQuery{TField})"/>.</exception>
    public ListPage<TItem> Page(IEnumerable<TItem> items, ListQuery<TField> query)
    {
        Check(query);
        ListSort<TField> sort = query.Sort ?? order;
        TItem[] matching = [.. items.Where(item => Matches(query.Filter, item))];
        Array.Sort(matching, (one, other) => Compare(sort, CursorOf(one, sort), CursorOf(other, sort)));
        int from = query.Offset, to = matching.Length;
        if (query.After is { } after) from += Array.FindIndex(matching, item => Compare(sort, CursorOf(item, sort), after) > 0) is >= 0 and var first ? first : matching.Length;
        if (query.Before is { } before && Array.FindIndex(matching, item => Compare(sort, CursorOf(item, sort), before) >= 0) is >= 0 and var last) to = last;
        if (query.Before is not null || query.FromEnd)
        {
            to = Math.Max(0, to - query.Offset);
            from = Math.Max(0, to - query.Limit);
        }

        from = Math.Min(from, to);
        TItem[] page = matching[from..Math.Min(to, from + query.Limit)];
        return new ListPage<TItem>(page, from + page.Length < matching.Length, from > 0, query.Count ? matching.Length : null);
    }

    /// <summary>An item's place in the order of a query.</summary>
    public ListCursor CursorOf(TItem item, ListSort<TField>? sort) => new(byField[(sort ?? order).Field].Read(item), Key.Read(item)!.Value);

    private int Compare(ListSort<TField> sort, ListCursor one, ListCursor other)
    {
        int compared = byField[sort.Field].Order(one.Sorted, other.Sorted);
        if (compared == 0) compared = Key.Order(one.Key, other.Key);
        return sort.Descending ? -compared : compared;
    }
}
