using Npgsql;
using Ratchet.Storage.Bulk;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresBulkStore(PostgresConnections connections, SqlTexts sql) : IBulkStore
{
    public async Task<BulkRecord> InsertAsync(BulkRecord operation, string? idempotencyKey, CancellationToken cancel)
    {
        int inserted = await connections.ExecuteAsync(
            sql["bulk.Insert"],
            p => p.With(operation.Id).With(operation.Tenant).With(operation.Action).With(operation.Arguments).With(operation.Total).With(operation.Actor)
                .With(idempotencyKey).With(operation.CreatedAt.UtcDateTime),
            cancel);
        return inserted == 1 ? operation : (await connections.ListAsync(sql["bulk.FindByKey"], p => p.With(operation.Tenant).With(idempotencyKey), Read, cancel))[0];
    }

    public async Task<BulkRecord?> GetAsync(Guid id, CancellationToken cancel)
    {
        IReadOnlyList<BulkRecord> found = await connections.ListAsync(sql["bulk.Get"], p => p.With(id), Read, cancel);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<BulkRecord>> ListAsync(string tenant, int limit, CancellationToken cancel) =>
        connections.ListAsync(sql["bulk.List"], p => p.With(tenant).With(limit), Read, cancel);

    public async Task<bool> AdvanceAsync(BulkRecord operation, CancellationToken cancel) => await connections.ExecuteAsync(
        sql["bulk.Advance"],
        p => p.With(operation.Id).With(operation.Cursor).With(operation.Changed).With(operation.Skipped).With(operation.State).With(operation.FinishedAt?.UtcDateTime).With(operation.Total),
        cancel) == 1;

    public Task<IReadOnlyList<Guid>> ListRunningAsync(CancellationToken cancel) => connections.ListAsync(sql["bulk.ListRunning"], _ => { }, row => row.GetGuid(0), cancel);

    private static BulkRecord Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetGuid(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.GetString(9),
        row.GetFieldValue<DateTimeOffset>(10),
        row.TimeOrNull(11));
}
