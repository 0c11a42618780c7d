using Microsoft.Data.Sqlite;
using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Storage.Controls;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteControlStore(SqliteFile file) : IControlStore
{
    public Task<WorkMode> GetQueueModeAsync(QueueKey queue, CancellationToken cancel) => ModeAsync("controls.GetQueueMode", queue.Tenant, queue.Name, cancel);

    public async Task SetQueueModeAsync(QueueKey queue, WorkMode mode, Precondition? only, CancellationToken cancel)
    {
        int changed = only is null
            ? await ExecuteAsync("controls.SetQueueMode", cancel, queue.Tenant, queue.Name, mode.Name())
            : await ExecuteAsync("controls.ReviseQueueMode", cancel, queue.Tenant, queue.Name, mode.Name(), SqliteValues.Revisions(only));
        if (changed == 0) throw PreconditionFailedException.Of($"queue '{queue.Name}'", only!);
    }

    public Task<IReadOnlyList<QueueSetting>> ListQueuesAsync(string tenant, CancellationToken cancel) => file.ListAsync(
        "controls.ListQueues", [tenant], row => new QueueSetting(row.GetString(0), WorkModes.Parse(row.GetString(1)), row.GetInt64(2)), cancel);

    public Task<WorkMode> GetTaskModeAsync(string tenant, string task, CancellationToken cancel) => ModeAsync("controls.GetTaskMode", tenant, task, cancel);

    public async Task<bool> SetTaskModeAsync(string tenant, string task, WorkMode mode, Precondition? only, CancellationToken cancel)
    {
        if (await ExecuteAsync("controls.SetTaskMode", cancel, tenant, task, mode.Name(), SqliteValues.Revisions(only)) == 1) return true;
        return only is null ? false : throw PreconditionFailedException.Of($"task '{task}'", only);
    }

    public Task<IReadOnlyList<FairnessWeight>> GetWeightsAsync(QueueKey queue, CancellationToken cancel) => file.ListAsync(
        "controls.GetWeights", [queue.Tenant, queue.Name], row => new FairnessWeight(row.GetString(0), row.GetDouble(1)), cancel);

    public Task SetWeightAsync(QueueKey queue, string key, double? weight, Precondition? only, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            int revised = only is null ? s.Execute("controls.TouchQueue", queue.Tenant, queue.Name) : s.Execute("controls.ReviseQueue", queue.Tenant, queue.Name, SqliteValues.Revisions(only));
            if (revised == 0) throw PreconditionFailedException.Of($"queue '{queue.Name}'", only!);
            return weight is { } value
                ? s.Execute("controls.SetWeight", queue.Tenant, queue.Name, key, value)
                : s.Execute("controls.DeleteWeight", queue.Tenant, queue.Name, key);
        }),
        cancel);

    public Task<IReadOnlyList<LimitRule>> GetLimitsAsync(string tenant, CancellationToken cancel) => file.ListAsync(
        "controls.GetLimits",
        [tenant],
        row => LimitRows.Read(row.GetString(0), row.GetString(1), IntOrNull(row, 2), IntOrNull(row, 3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetInt64(5)),
        cancel);

    public async Task<long> PutLimitAsync(string tenant, LimitRule rule, Precondition? only, DateTimeOffset now, CancellationToken cancel)
    {
        object[] values =
        [
            tenant,
            rule.Scope.Name(),
            rule.Name,
            SqliteValues.OrNull(rule.Concurrency),
            SqliteValues.OrNull(rule.Rate?.Count),
            SqliteValues.OrNull((long?)rule.Rate?.Window.TotalMilliseconds),
            SqliteValues.Time(now),
            LimitRows.Revision(now),
            .. only is { Absent: false } ? [SqliteValues.Revisions(only)] : Array.Empty<object>(),
        ];
        IReadOnlyList<long> revision = await file.WriteAsync(session => session.List(row => row.GetInt64(0), LimitRows.Put(only), values), cancel);
        return revision is [long made] ? made : throw PreconditionFailedException.Of(LimitRows.Named(rule.Scope, rule.Name), only!);
    }

    public async Task<bool> DeleteLimitAsync(string tenant, LimitScope scope, string name, Precondition? only, CancellationToken cancel)
    {
        if (await ExecuteAsync("controls.DeleteLimit", cancel, tenant, scope.Name(), name, SqliteValues.Revisions(only)) == 1) return true;
        return only is null ? false : throw PreconditionFailedException.Of(LimitRows.Named(scope, name), only);
    }

    public Task ReserveAsync(string tenant, IReadOnlyList<RateReservation> reservations, DateTimeOffset now, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            s.Execute("controls.Forget", tenant, SqliteValues.Time(now));
            foreach (RateReservation r in reservations)
            {
                s.Execute("controls.Reserve", tenant, r.Key, SqliteValues.Time(r.Until), r.Count, SqliteValues.Time(r.ExpiresAt));
            }

            return true;
        }),
        cancel);

    public Task<IReadOnlyList<RateReservation>> GetReservationsAsync(string tenant, DateTimeOffset now, CancellationToken cancel) => file.ListAsync(
        "controls.GetReservations",
        [tenant, SqliteValues.Time(now)],
        row => new RateReservation(row.GetString(0), row.GetTime(1), row.GetInt32(2), row.GetTime(3)),
        cancel);

    private async Task<WorkMode> ModeAsync(string query, string tenant, string name, CancellationToken cancel)
    {
        IReadOnlyList<string> found = await file.ListAsync(query, [tenant, name], row => row.GetString(0), cancel);
        return found.Count == 0 ? WorkMode.Active : WorkModes.Parse(found[0]);
    }

#pragma warning disable CA1068 // The values are the statement's own and come last, as many as it has.
    private Task<int> ExecuteAsync(string query, CancellationToken cancel, params object[] values) =>
#pragma warning restore CA1068
        file.WriteAsync(session => session.Execute(query, values), cancel);

    private static int? IntOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
