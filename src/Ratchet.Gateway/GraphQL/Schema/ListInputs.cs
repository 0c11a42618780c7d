using System.Text;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Lists;
using Ratchet.Queues;
using Ratchet.Recordings;
using Ratchet.Schedules;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>The filters and orders of lists: made from the allow-lists that REST and the stores go by, so that they are the same everywhere.</summary>
internal static class ListInputs
{
    /// <summary>The enumeration that the words of a field are; others are texts.</summary>
    private static readonly Dictionary<string, string> Enumerations = new()
    {
        ["Job.state"] = "JobState", ["Job.priority"] = "JobPriority", ["Job.failureKind"] = "FailureKind", ["Execution.outcome"] = "ExecutionOutcome", ["Recording.outcome"] = "ExecutionOutcome", ["Execution.failureKind"] = "FailureKind",
        ["Task.mode"] = "WorkMode", ["Queue.mode"] = "WorkMode", ["Schedule.overlap"] = "OverlapPolicy", ["Schedule.misfire"] = "MisfirePolicy", ["Limit.scope"] = "LimitScope",
    };

    private static readonly (FieldKind Kind, string Name, string Scalar)[] Scalars =
        [(FieldKind.Text, "TextFilter", "String"), (FieldKind.Number, "NumberFilter", "Long"), (FieldKind.Instant, "InstantFilter", "DateTime"), (FieldKind.Id, "IdFilter", "UUID"), (FieldKind.Flag, "FlagFilter", "Boolean")];

    /// <summary>The inputs as text of the schema.</summary>
    public static string Sdl { get; } = Write();

    /// <summary>The page of a list that a grain reads from the store.</summary>
    public static async Task<Page> PageAsync<TField, TItem>(FieldCall call, ListSchema<TField, TItem> schema, Filter<TField>? within, Func<ListQuery<TField>, Task<ListPage<TItem>>> read)
        where TField : struct, Enum where TItem : class
    {
        PageRequest page = PageRequest.Of(call);
        ListSort<TField>? sort = Sort(call, schema);
        ListCursor? cursor = page.Cursor is { } text ? Cursor(schema, text, sort, page.Backward ? "/before" : "/after") : null;
        Filter<TField>? filter = FilterOf(call, schema);
        var query = new ListQuery<TField>
        {
            Filter = within is null ? filter : filter is null ? within : Filter.All(within, filter),
            Sort = sort,
            After = page.Backward ? null : cursor,
            Before = page.Backward ? cursor : null,
            FromEnd = page.Backward && cursor is null,
            // A page of none is asked for by those who want the number alone.
            Limit = Math.Max(page.Size, 1),
            Count = call.Selects("totalCount"),
        };
        schema.Check(query);
        ListPage<TItem> found = await read(query);
        IEnumerable<TItem> items = page.Size == 0 ? [] : found.Items;
        return new Page([.. items.Select(i => new PageEdge(schema.Write(schema.CursorOf(i, sort), sort), i))], found.HasNext || (page.Size == 0 && found.Items.Count > 0), found.HasPrevious, () => Task.FromResult(found.Total));
    }

    /// <summary>The page of a list that a grain hands over as a whole.</summary>
    public static Task<Page> PageAsync<TField, TItem>(FieldCall call, ListSchema<TField, TItem> schema, Func<Task<IReadOnlyList<TItem>>> all) where TField : struct, Enum where TItem : class =>
        PageAsync(call, schema, null, async query => schema.Page(await all(), query));

    private static Filter<TField>? FilterOf<TField, TItem>(FieldCall call, ListSchema<TField, TItem> schema) where TField : struct, Enum =>
        call.Object("filter") is { Count: > 0 } filter ? FilterTree.Read(schema, Encoding.UTF8.GetString(InputJson.Of(filter))) : null;

    private static ListSort<TField>? Sort<TField, TItem>(FieldCall call, ListSchema<TField, TItem> schema) where TField : struct, Enum
    {
        if (call.Object("sort") is not { } sort) return null;
        return new ListSort<TField>(schema.Fields.First(f => Word(f.Name) == (string)sort["field"]!).Field, sort.GetValueOrDefault("direction") as string == "DESC");
    }

    private static ListCursor Cursor<TField, TItem>(ListSchema<TField, TItem> schema, string text, ListSort<TField>? sort, string pointer) where TField : struct, Enum
    {
        try
        {
            return schema.ReadCursor(text, sort);
        }
        catch (ListQueryException)
        {
            throw new ProblemException(Problem.InvalidField(pointer, "It is no cursor of this list in this order: take one from its edges or pageInfo, or begin anew without it."));
        }
    }

    private static string Write()
    {
        var text = new StringBuilder();
        foreach ((FieldKind kind, string name, string scalar) in Scalars) Comparisons(text, name, scalar, kind);
        foreach (string words in Enumerations.Values.Distinct().Order(StringComparer.Ordinal)) Comparisons(text, words + "Filter", words, words == "JobPriority" ? FieldKind.Level : FieldKind.Word);
        List(text, "Job", JobList.Schema);
        List(text, "Execution", ExecutionList.Schema);
        List(text, "Task", TaskList.Schema);
        List(text, "Schedule", ScheduleList.Schema);
        List(text, "Queue", QueueList.Schema);
        List(text, "Limit", LimitList.Schema);
        List(text, "Worker", WorkerList.Schema);
        List(text, "Recording", RecordingList.Schema);
        return text.ToString();
    }

    private static void Comparisons(StringBuilder text, string name, string scalar, FieldKind kind)
    {
        text.Append("input ").Append(name).Append(" {\n");
        foreach (FilterOperator comparison in FilterOperators.Of(kind))
        {
            bool many = comparison is FilterOperator.In or FilterOperator.NotIn;
            text.Append("  ").Append(comparison.Name()).Append(": ").Append(many ? $"[{scalar}!]" : scalar).Append('\n');
        }

        text.Append("}\n\n");
    }

    private static void List<TField, TItem>(StringBuilder text, string type, ListSchema<TField, TItem> schema) where TField : struct, Enum
    {
        text.Append("\"All members of one object have to hold.\"\ninput ").Append(type).Append("Filter {\n  and: [").Append(type).Append("Filter!]\n  or: [").Append(type).Append("Filter!]\n  not: ").Append(type).Append("Filter\n");
        foreach (ListField<TField, TItem> field in schema.Fields)
        {
            string filter = Enumerations.TryGetValue($"{type}.{field.Name}", out string? words) ? words + "Filter" : Scalars.FirstOrDefault(s => s.Kind == field.Kind).Name ?? "TextFilter";
            text.Append("  ").Append(field.Name).Append(": ").Append(filter).Append('\n');
        }

        text.Append("}\n\nenum ").Append(type).Append("SortField {\n");
        foreach (ListField<TField, TItem> field in schema.Fields) text.Append("  ").Append(Word(field.Name)).Append('\n');
        text.Append("}\n\ninput ").Append(type).Append("Sort {\n  field: ").Append(type).Append("SortField!\n  direction: SortDirection = ASC\n}\n\n");
    }

    /// <summary>A field's name as a word of an enumeration: <c>CREATED_AT</c>.</summary>
    private static string Word(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
