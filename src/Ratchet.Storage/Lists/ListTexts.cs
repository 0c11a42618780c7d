using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Lists;

/// <summary>The statements of a page and of its count, as they are for both databases.</summary>
internal static class ListTexts
{
    /// <summary>Parameters before a page's values: the tenant, rows to leave out, rows to read.</summary>
    public const int OfPage = 3;

    /// <summary>Parameters before a count's values: the tenant, where to end.</summary>
    public const int OfCount = 2;

    public static string Jobs(SqlTexts sql, ListText<JobField, JobView> text) => sql["lists.Jobs"].With("where", text.Where("job_fields")).With("order", text.Order("job_fields"));

    public static string CountJobs(SqlTexts sql, ListText<JobField, JobView> text) => sql["lists.CountJobs"].With("where", text.Matching("job_fields"));

    public static string Executions(SqlTexts sql, ListText<ExecutionField, ExecutionView> text) => sql["lists.Executions"]
        .With("where", text.Where("execution_fields")).With("order", text.Order("execution_fields"))
        .With("completed", text.Where("completion_fields")).With("completedOrder", text.Order("completion_fields"))
        .With("runOrder", text.Order("run_fields"));

    public static string CountExecutions(SqlTexts sql, ListText<ExecutionField, ExecutionView> text) =>
        sql["lists.CountExecutions"].With("where", text.Matching("execution_fields")).With("completed", text.Matching("completion_fields"));

    /// <summary>The page from the rows that were read, one more than it has.</summary>
    public static ListPage<TItem> Page<TField, TItem>(ListQuery<TField> query, List<TItem> rows, bool backward, long? counted) where TField : struct, Enum
    {
        bool more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        if (backward) rows.Reverse();
        bool before = query.Offset > 0 || query.After is not null;
        bool after = query.Before is not null || (query.FromEnd && query.Offset > 0);
        return new ListPage<TItem>(rows, backward ? after : more, backward ? more : before, counted is { } all ? Math.Min(all, Limits.CountedRows) : null, counted > Limits.CountedRows);
    }

    private static string With(this string template, string name, string text) => template.Replace($"{{{name}}}", text, StringComparison.Ordinal);
}
