using Npgsql;
using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Storage.Controls;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresControlStore(PostgresConnections connections, SqlTexts sql) : IControlStore
{
    public Task<WorkMode> GetQueueModeAsync(QueueKey queue, CancellationToken cancel) => ModeAsync("controls.GetQueueMode", queue.Tenant, queue.Name, cancel);

    public async Task SetQueueModeAsync(QueueKey queue, WorkMode mode, Precondition? only, CancellationToken cancel)
    {
        int changed = only is null
            ? await connections.ExecuteAsync(sql["controls.SetQueueMode"], p => p.With(queue.Tenant).With(queue.Name).With(mode.Name()), cancel)
            : await connections.ExecuteAsync(sql["controls.ReviseQueueMode"], p => p.With(queue.Tenant).With(queue.Name).With(mode.Name()).WithRevisions(only), cancel);
        if (changed == 0) throw PreconditionFailedException.Of($"queue '{queue.Name}'", only!);
    }

    public Task<IReadOnlyList<QueueSetting>> ListQueuesAsync(string tenant, CancellationToken cancel) => connections.ListAsync(
        sql["controls.ListQueues"],
        p => p.With(tenant),
        row => new QueueSetting(row.GetString(0), WorkModes.Parse(row.GetString(1)), row.GetInt64(2)),
        cancel);

    public Task<WorkMode> GetTaskModeAsync(string tenant, string task, CancellationToken cancel) => ModeAsync("controls.GetTaskMode", tenant, task, cancel);

    public async Task<bool> SetTaskModeAsync(string tenant, string task, WorkMode mode, Precondition? only, CancellationToken cancel)
    {
        if (await connections.ExecuteAsync(sql["controls.SetTaskMode"], p => p.With(tenant).With(task).With(mode.Name()).WithRevisions(only), cancel) == 1) return true;
        return only is null ? false : throw PreconditionFailedException.Of($"task '{task}'", only);
    }

    public Task<IReadOnlyList<FairnessWeight>> GetWeightsAsync(QueueKey queue, CancellationToken cancel) => connections.ListAsync(
        sql["controls.GetWeights"], p => p.With(queue.Tenant).With(queue.Name), row => new FairnessWeight(row.GetString(0), row.GetDouble(1)), cancel);

    public Task SetWeightAsync(QueueKey queue, string key, double? weight, Precondition? only, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            await using NpgsqlCommand revise = connection.Command(sql[only is null ? "controls.TouchQueue" : "controls.ReviseQueue"]);
            revise.Parameters.With(queue.Tenant).With(queue.Name);
            if (only is not null) revise.Parameters.WithRevisions(only);
            if (await revise.ExecuteNonQueryAsync(cancel) == 0) throw PreconditionFailedException.Of($"queue '{queue.Name}'", only!);
            await using NpgsqlCommand change = connection.Command(sql[weight is null ? "controls.DeleteWeight" : "controls.SetWeight"]);
            change.Parameters.With(queue.Tenant).With(queue.Name).With(key);
            if (weight is { } value) change.Parameters.With(value);
            await change.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
            return true;
        },
        cancel);

    public Task<IReadOnlyList<LimitRule>> GetLimitsAsync(string tenant, CancellationToken cancel) => connections.ListAsync(
        sql["controls.GetLimits"],
        p => p.With(tenant),
        row => LimitRows.Read(row.GetString(0), row.GetString(1), IntOrNull(row, 2), IntOrNull(row, 3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetInt64(5)),
        cancel);

    public async Task<long> PutLimitAsync(string tenant, LimitRule rule, Precondition? only, DateTimeOffset now, CancellationToken cancel)
    {
        IReadOnlyList<long> revision = await connections.ChangeAsync(
            sql[LimitRows.Put(only)],
            p =>
            {
                p.With(tenant).With(rule.Scope.Name()).With(rule.Name).With(rule.Concurrency).With(rule.Rate?.Count).With((long?)rule.Rate?.Window.TotalMilliseconds)
                    .With(now.UtcDateTime).With(LimitRows.Revision(now));
                if (only is { Absent: false }) p.WithRevisions(only);
            },
            row => row.GetInt64(0),
            cancel);
        return revision is [long made] ? made : throw PreconditionFailedException.Of(LimitRows.Named(rule.Scope, rule.Name), only!);
    }

    public async Task<bool> DeleteLimitAsync(string tenant, LimitScope scope, string name, Precondition? only, CancellationToken cancel)
    {
        if (await connections.ExecuteAsync(sql["controls.DeleteLimit"], p => p.With(tenant).With(scope.Name()).With(name).WithRevisions(only), cancel) == 1) return true;
        return only is null ? false : throw PreconditionFailedException.Of(LimitRows.Named(scope, name), only);
    }

    public Task ReserveAsync(string tenant, IReadOnlyList<RateReservation> reservations, DateTimeOffset now, CancellationToken cancel) => connections.ExecuteAsync(
        sql["controls.Reserve"],
        p => p.With(tenant)
            .With(reservations.Select(r => r.Key).ToArray())
            .With(reservations.Select(r => r.Until.UtcDateTime).ToArray())
            .With(reservations.Select(r => r.Count).ToArray())
            .With(reservations.Select(r => r.ExpiresAt.UtcDateTime).ToArray())
            .With(now.UtcDateTime),
        cancel);

    public Task<IReadOnlyList<RateReservation>> GetReservationsAsync(string tenant, DateTimeOffset now, CancellationToken cancel) => connections.ListAsync(
        sql["controls.GetReservations"],
        p => p.With(tenant).With(now.UtcDateTime),
        row => new RateReservation(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2), row.GetFieldValue<DateTimeOffset>(3)),
        cancel);

    private async Task<WorkMode> ModeAsync(string query, string tenant, string name, CancellationToken cancel)
    {
        IReadOnlyList<string> found = await connections.ListAsync(sql[query], p => p.With(tenant).With(name), row => row.GetString(0), cancel);
        return found.Count == 0 ? WorkMode.Active : WorkModes.Parse(found[0]);
    }

    private static int? IntOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
