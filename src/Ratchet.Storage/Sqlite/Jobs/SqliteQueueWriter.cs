using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>Changes of waiting jobs in sets.</summary>
internal sealed class SqliteQueueWriter(SqliteFile file) : IQueueWriter
{
    private const int State = SqliteReadyRow.Columns;

    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            IReadOnlyList<(ReadyJob Job, string Was)> promoted =
                session.List(row => (SqliteReadyRow.Read(row), row.GetString(State + 1)), "jobs.PromoteDue", Due(queue, now, limit));
            foreach ((ReadyJob job, string was) in promoted) Note(session, queue.Tenant, job, JobTransition.Promote.Name, was, JobState.Queued.Name(), now, "queue");
            return (IReadOnlyList<ReadyJob>)[.. promoted.Select(p => p.Job)];
        },
        cancel);

    public Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            IReadOnlyList<(ReadyJob Job, string State)> raised = session.List(row => (SqliteReadyRow.Read(row), row.GetString(State)), "jobs.Escalate", Due(queue, now, limit));
            foreach ((ReadyJob job, string state) in raised) Note(session, queue.Tenant, job, "escalate", state, state, now, "queue");
            return new EscalatedJobs(raised.Count, [.. raised.Where(r => r.State == JobState.Queued.Name()).Select(r => r.Job)]);
        },
        cancel);

    public Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(
        string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            var changed = new List<ReprioritisedJob>();
            foreach (JobId id in ids)
            {
                foreach ((ReadyJob job, string state, string queue) in session.List(
                    row => (SqliteReadyRow.Read(row), row.GetString(State), row.GetString(State + 1)),
                    "jobs.Reprioritise",
                    tenant,
                    SqliteValues.Id(id.Value),
                    (int)priority,
                    Limits.InlineInputBytes,
                    SqliteValues.Span(JobPriorities.Ageing)))
                {
                    Note(session, tenant, job, "reprioritise", state, state, now, actor);
                    changed.Add(new ReprioritisedJob(id, queue, state == JobState.Queued.Name() ? job : null));
                }
            }

            return (IReadOnlyList<ReprioritisedJob>)changed;
        },
        cancel);

    public Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            var gone = new List<JobId>();
            foreach (JobId id in ids)
            {
                byte[] job = SqliteValues.Id(id.Value);
                foreach ((string state, int attempts) in session.List(row => (row.GetString(0), row.GetInt32(1)), "jobs.Delete", tenant, job))
                {
                    session.Execute("jobs.DeleteExecutions", job);
                    session.Execute("recordings.DeleteOfJob", job);
                    SqliteEvents.Add(session, now, job, attempts, tenant, "delete", state, state, actor, null);
                    gone.Add(id);
                }
            }

            return (IReadOnlyList<JobId>)gone;
        },
        cancel);

    private Task<T> ChangeAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel) => file.WriteAsync(session => session.InTransaction(work), cancel);

    private static void Note(SqliteSession session, string tenant, ReadyJob job, string transition, string from, string to, DateTimeOffset now, string actor) =>
        SqliteEvents.Add(session, now, SqliteValues.Id(job.Id.Value), job.Attempts, tenant, transition, from, to, actor, null);

    private static object[] Due(QueueKey queue, DateTimeOffset now, int limit) =>
        [queue.Tenant, queue.Name, SqliteValues.Time(now), limit, Limits.InlineInputBytes, SqliteValues.Span(JobPriorities.Ageing)];
}
