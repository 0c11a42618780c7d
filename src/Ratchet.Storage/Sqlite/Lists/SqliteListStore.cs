using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Statistics;
using Ratchet.Storage.Lists;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteListStore(SqliteFile file, SqlTexts sql, StorageOptions options, TimeProvider time) : IListStore, IDisposable
{
    private const int Interrupted = 9;

    /// <summary>Half of the connections that read: a question that reads much leaves the others to jobs.</summary>
    private readonly SemaphoreSlim room = new(2, 2);

    public async Task<ListPage<JobView>> JobsAsync(string tenant, ListQuery<JobField> query, CancellationToken cancel)
    {
        JobList.Schema.Check(query);
        var page = new ListText<JobField, JobView>(sql, JobList.Schema, query, ListTexts.OfPage);
        string text = ListTexts.Jobs(sql, page);
        List<JobView> rows = await ReadAsync(text, OfPage(tenant, query, page.Values), row => SqliteJobReader.ReadView(row, withPayloads: false), cancel);
        var count = new ListText<JobField, JobView>(sql, JobList.Schema, query, ListTexts.OfCount);
        return ListTexts.Page(query, rows, page.Backward, query.Count ? await CountAsync(ListTexts.CountJobs(sql, count), tenant, count.Values, cancel) : null);
    }

    public async Task<ListPage<ExecutionView>> ExecutionsAsync(string tenant, ListQuery<ExecutionField> query, CancellationToken cancel)
    {
        ExecutionList.Schema.Check(query);
        var page = new ListText<ExecutionField, ExecutionView>(sql, ExecutionList.Schema, query, ListTexts.OfPage);
        string text = ListTexts.Executions(sql, page);
        List<ExecutionView> rows = await ReadAsync(text, OfPage(tenant, query, page.Values), ReadExecution, cancel);
        var count = new ListText<ExecutionField, ExecutionView>(sql, ExecutionList.Schema, query, ListTexts.OfCount);
        return ListTexts.Page(query, rows, page.Backward, query.Count ? await CountAsync(ListTexts.CountExecutions(sql, count), tenant, count.Values, cancel) : null);
    }

    public Task<IReadOnlyList<JobView>> JobsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        file.ListAsync("lists.JobsOfIds", [tenant, SqliteValues.Ids(ids.Select(id => id.Value))], row => SqliteJobReader.ReadView(row, withPayloads: false), cancel);

    public Task<IReadOnlyList<ExecutionView>> ExecutionsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        file.ListAsync("lists.ExecutionsOfJobs", [tenant, SqliteValues.Ids(ids.Select(id => id.Value))], ReadExecution, cancel);

    public async Task<JobId?> JobOfExecutionAsync(string tenant, Guid execution, CancellationToken cancel)
    {
        IReadOnlyList<JobId> found = await file.ListAsync("lists.JobOfExecution", [tenant, SqliteValues.Id(execution)], row => new JobId(row.GetId(0)), cancel);
        return found.Count > 0 ? found[0] : null;
    }

    public async Task<IReadOnlyList<QueueCount>> CountsAsync(string tenant, int most, CancellationToken cancel) => await ReadAsync(
        sql["lists.Counts"], [tenant, most], row => new QueueCount(row.GetString(0), JobStates.Parse(row.GetString(1)), row.GetInt64(2)), cancel);

    public void Dispose() => room.Dispose();

    private static object[] OfPage<TField>(string tenant, ListQuery<TField> query, IReadOnlyList<ListParameter> values) where TField : struct, Enum =>
        [tenant, query.Offset, query.Limit + 1, .. values.Select(Value)];

    private static object Value(ListParameter value) => (value.Kind, value.Many) switch
    {
        (FieldKind.Text or FieldKind.Word, false) => value.Values[0].Text!,
        (FieldKind.Text or FieldKind.Word, true) => SqliteValues.Names([.. value.Values.Select(v => v.Text!)]),
        (FieldKind.Instant, false) => SqliteValues.Time(value.Values[0].At),
        (FieldKind.Instant, true) => SqliteValues.Numbers(value.Values.Select(v => SqliteValues.Time(v.At))),
        (FieldKind.Id, false) => SqliteValues.Id(value.Values[0].Id),
        (FieldKind.Id, true) => SqliteValues.Ids(value.Values.Select(v => v.Id)),
        (_, false) => value.Values[0].Number,
        (_, true) => SqliteValues.Numbers(value.Values.Select(v => v.Number)),
    };

    private static ExecutionView ReadExecution(SqliteDataReader row) => SqliteJobReader.ReadExecution(row, new JobId(row.GetId(10))) with
    {
        Task = row.GetString(11),
        TaskVersion = row.GetString(12),
        Queue = row.GetString(13),
    };

    /// <summary>Null when it takes too long: a page without a total is better than none.</summary>
    private async Task<long?> CountAsync(string text, string tenant, IReadOnlyList<ListParameter> values, CancellationToken cancel)
    {
        try
        {
            return (await ReadAsync(text, [tenant, Limits.CountedRows + 1, .. values.Select(Value)], row => row.GetInt64(0), cancel))[0];
        }
        catch (ListTooCostlyException)
        {
            return null;
        }
    }

    private async Task<List<T>> ReadAsync<T>(string text, object[] values, Func<SqliteDataReader, T> read, CancellationToken cancel)
    {
        await room.WaitAsync(cancel);
        try
        {
            long from = time.GetTimestamp();
            var most = TimeSpan.FromSeconds(options.ListSeconds);
            return await file.ReadAsync(session => session.ListOnce(read, text, values, () => cancel.IsCancellationRequested || time.GetElapsedTime(from) > most), cancel);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Interrupted)
        {
            cancel.ThrowIfCancellationRequested();
            throw ListTooCostlyException.After(options.ListSeconds);
        }
        finally
        {
            room.Release();
        }
    }
}
