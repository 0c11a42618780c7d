using Npgsql;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Statistics;
using Ratchet.Storage.Lists;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresListStore(PostgresConnections connections, SqlTexts sql, StorageOptions options) : IListStore
{
    public async Task<ListPage<JobView>> JobsAsync(string tenant, ListQuery<JobField> query, CancellationToken cancel)
    {
        JobList.Schema.Check(query);
        var page = new ListText<JobField, JobView>(sql, JobList.Schema, query, ListTexts.OfPage);
        string text = ListTexts.Jobs(sql, page);
        List<JobView> rows = await ReadAsync(text, p => AddPage(p, tenant, query, page.Values), row => PostgresJobReader.ReadView(row, withPayloads: false), cancel);
        var count = new ListText<JobField, JobView>(sql, JobList.Schema, query, ListTexts.OfCount);
        return ListTexts.Page(query, rows, page.Backward, query.Count ? await CountAsync(ListTexts.CountJobs(sql, count), tenant, count.Values, cancel) : null);
    }

    public async Task<ListPage<ExecutionView>> ExecutionsAsync(string tenant, ListQuery<ExecutionField> query, CancellationToken cancel)
    {
        ExecutionList.Schema.Check(query);
        var page = new ListText<ExecutionField, ExecutionView>(sql, ExecutionList.Schema, query, ListTexts.OfPage);
        string text = ListTexts.Executions(sql, page);
        List<ExecutionView> rows = await ReadAsync(text, p => AddPage(p, tenant, query, page.Values), ReadExecution, cancel);
        var count = new ListText<ExecutionField, ExecutionView>(sql, ExecutionList.Schema, query, ListTexts.OfCount);
        return ListTexts.Page(query, rows, page.Backward, query.Count ? await CountAsync(ListTexts.CountExecutions(sql, count), tenant, count.Values, cancel) : null);
    }

    public Task<IReadOnlyList<JobView>> JobsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) => connections.ListAsync(
        sql["lists.JobsOfIds"], p => p.With(tenant).With(ids.Select(id => id.Value).ToArray()), row => PostgresJobReader.ReadView(row, withPayloads: false), cancel);

    public Task<IReadOnlyList<ExecutionView>> ExecutionsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        connections.ListAsync(sql["lists.ExecutionsOfJobs"], p => p.With(tenant).With(ids.Select(id => id.Value).ToArray()), ReadExecution, cancel);

    public async Task<JobId?> JobOfExecutionAsync(string tenant, Guid execution, CancellationToken cancel)
    {
        IReadOnlyList<JobId> found = await connections.ListAsync(sql["lists.JobOfExecution"], p => p.With(tenant).With(execution), row => new JobId(row.GetGuid(0)), cancel);
        return found.Count > 0 ? found[0] : null;
    }

    public async Task<IReadOnlyList<QueueCount>> CountsAsync(string tenant, int most, CancellationToken cancel) => await ReadAsync(
        sql["lists.Counts"], p => p.With(tenant).With((long)most), row => new QueueCount(row.GetString(0), JobStates.Parse(row.GetString(1)), row.GetInt64(2)), cancel);

    private static void AddPage<TField>(NpgsqlParameterCollection parameters, string tenant, ListQuery<TField> query, IReadOnlyList<ListParameter> values)
        where TField : struct, Enum => Add(parameters.With(tenant).With((long)query.Offset).With(query.Limit + 1L), values);

    private static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<ListParameter> values)
    {
        foreach (ListParameter value in values) Add(parameters, value);
    }

    private static NpgsqlParameterCollection Add(NpgsqlParameterCollection parameters, ListParameter value) => (value.Kind, value.Many) switch
    {
        (FieldKind.Text or FieldKind.Word, false) => parameters.With(value.Values[0].Text!),
        (FieldKind.Text or FieldKind.Word, true) => parameters.With(value.Values.Select(v => v.Text!).ToArray()),
        (FieldKind.Instant, false) => parameters.With(value.Values[0].At.UtcDateTime),
        (FieldKind.Instant, true) => parameters.With(value.Values.Select(v => v.At.UtcDateTime).ToArray()),
        (FieldKind.Id, false) => parameters.With(value.Values[0].Id),
        (FieldKind.Id, true) => parameters.With(value.Values.Select(v => v.Id).ToArray()),
        (FieldKind.Flag, _) => parameters.With(value.Values[0].Number != 0),
        (_, false) => parameters.With(value.Values[0].Number),
        (_, true) => parameters.With(value.Values.Select(v => v.Number).ToArray()),
    };

    private static ExecutionView ReadExecution(NpgsqlDataReader row) => PostgresJobReader.ReadExecution(row, new JobId(row.GetGuid(10))) with
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
            return (await ReadAsync(text, p => Add(p.With(tenant).With(Limits.CountedRows + 1L), values), row => row.GetInt64(0), cancel))[0];
        }
        catch (ListTooCostlyException)
        {
            return null;
        }
    }

    private Task<List<T>> ReadAsync<T>(string text, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) => connections.ListAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(text);
            bind(command.Parameters);
            try
            {
                await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
                var rows = new List<T>();
                while (await row.ReadAsync(cancel)) rows.Add(read(row));
                return rows;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
            {
                throw ListTooCostlyException.After(options.ListSeconds);
            }
        },
        cancel);
}
