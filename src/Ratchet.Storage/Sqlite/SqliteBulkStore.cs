using Microsoft.Data.Sqlite;
using Ratchet.Storage.Bulk;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteBulkStore(SqliteFile file) : IBulkStore
{
    public async Task<BulkRecord> InsertAsync(BulkRecord operation, string? idempotencyKey, CancellationToken cancel)
    {
        int inserted = await file.WriteAsync(
            session => session.Execute(
                "bulk.Insert",
                SqliteValues.Id(operation.Id),
                operation.Tenant,
                operation.Action,
                operation.Arguments,
                operation.Total,
                operation.Actor,
                SqliteValues.OrNull(idempotencyKey),
                SqliteValues.Time(operation.CreatedAt)),
            cancel);
        return inserted == 1 ? operation : (await file.ListAsync("bulk.FindByKey", [operation.Tenant, idempotencyKey!], Read, cancel))[0];
    }

    public async Task<BulkRecord?> GetAsync(Guid id, CancellationToken cancel)
    {
        IReadOnlyList<BulkRecord> found = await file.ListAsync("bulk.Get", [SqliteValues.Id(id)], Read, cancel);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<BulkRecord>> ListAsync(string tenant, int limit, CancellationToken cancel) =>
        file.ListAsync("bulk.List", [tenant, limit], Read, cancel);

    public async Task<bool> AdvanceAsync(BulkRecord operation, CancellationToken cancel) => await file.WriteAsync(
        session => session.Execute(
            "bulk.Advance",
            SqliteValues.Id(operation.Id),
            operation.Cursor is { } cursor ? SqliteValues.Id(cursor) : DBNull.Value,
            operation.Changed,
            operation.Skipped,
            operation.State,
            SqliteValues.OrNull(operation.FinishedAt),
            operation.Total),
        cancel) == 1;

    public Task<IReadOnlyList<Guid>> ListRunningAsync(CancellationToken cancel) => file.ListAsync("bulk.ListRunning", [], row => row.GetId(0), cancel);

    private static BulkRecord Read(SqliteDataReader row) => new(
        row.GetId(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetId(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.GetString(9),
        row.GetTime(10),
        row.GetTimeOrNull(11));
}
