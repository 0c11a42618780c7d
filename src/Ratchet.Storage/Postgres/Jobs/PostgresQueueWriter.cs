using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Changes of waiting jobs in sets.</summary>
internal sealed class PostgresQueueWriter(PostgresConnections connections, SqlTexts sql) : IQueueWriter
{
    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => connections.ChangeAsync(
        sql["jobs.PromoteDue"], p => AddDue(p, queue, now, limit), PostgresReadyRow.Read, cancel);

    public async Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel)
    {
        IReadOnlyList<(ReadyJob Job, bool Ready)> raised = await connections.ChangeAsync(
            sql["jobs.Escalate"], p => AddDue(p, queue, now, limit), row => (PostgresReadyRow.Read(row), IsQueued(row)), cancel);
        return new EscalatedJobs(raised.Count, [.. raised.Where(r => r.Ready).Select(r => r.Job)]);
    }

    public Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(
        string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel) => connections.ChangeAsync(
        sql["jobs.Reprioritise"],
        p => p.With(tenant).With(ids.Select(id => id.Value).ToArray()).With((short)priority).With(Limits.InlineInputBytes).With(JobPriorities.Ageing)
            .With(now.UtcDateTime).With(actor),
        row => new ReprioritisedJob(new JobId(row.GetGuid(0)), row.GetString(PostgresReadyRow.Columns + 1), IsQueued(row) ? PostgresReadyRow.Read(row) : null),
        cancel);

    public Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel) => connections.ChangeAsync(
        sql["jobs.Delete"], p => p.With(tenant).With(ids.Select(id => id.Value).ToArray()).With(now.UtcDateTime).With(actor), row => new JobId(row.GetGuid(0)), cancel);

    private static NpgsqlParameterCollection AddDue(NpgsqlParameterCollection parameters, QueueKey queue, DateTimeOffset now, int limit) =>
        parameters.With(queue.Tenant).With(queue.Name).With(now.UtcDateTime).With(limit).With(Limits.InlineInputBytes).With(JobPriorities.Ageing);

    private static bool IsQueued(NpgsqlDataReader row) => row.GetString(PostgresReadyRow.Columns) == JobState.Queued.Name();
}
