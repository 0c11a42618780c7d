using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;

namespace Ratchet.Storage.Sqlite;

/// <summary>Writes a set in one transaction, row by row with prepared statements.</summary>
internal sealed class SqliteJobWriter(SqliteFile file) : IJobWriter
{
    public Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel) =>
        file.WriteAsync(session => session.InTransaction(s => Write(s, writes)), cancel);

    private JobWriteOutcomes Write(SqliteSession session, JobWrites writes)
    {
        AddQueues(session, writes.Inserts);
        var inserts = new InsertOutcome[writes.Inserts.Count];
        for (int i = 0; i < inserts.Length; i++) inserts[i] = Insert(session, writes.Inserts[i]);
        var starts = new bool[writes.Starts.Count];
        for (int i = 0; i < starts.Length; i++) starts[i] = Start(session, writes.Starts[i]);
        var ends = new bool[writes.Ends.Count];
        for (int i = 0; i < ends.Length; i++) ends[i] = End(session, writes.Ends[i]);
        var moves = new bool[writes.Moves.Count];
        for (int i = 0; i < moves.Length; i++) moves[i] = Move(session, writes.Moves[i]);
        return new JobWriteOutcomes(inserts, starts, ends, moves);
    }

    private void AddQueues(SqliteSession session, IReadOnlyList<NewJob> inserts)
    {
        // Not remembered beyond the set, as one that is rolled back leaves none behind; jobs in a row mostly share their queue.
        QueueKey last = default;
        foreach (NewJob job in inserts)
        {
            if (job.Queue == last) continue;
            last = job.Queue;
            session.Execute("queues.AddQueue", last.Tenant, last.Name);
        }
    }

    internal static InsertOutcome Insert(SqliteSession session, NewJob job)
    {
        if (job.IdempotencyKey is { } key)
        {
            session.Execute(
                "idempotency.ClaimKey",
                job.Queue.Tenant,
                key,
                SqliteValues.Id(job.Id.Value),
                SqliteValues.OrNull(job.Fingerprint),
                SqliteValues.Time(job.CreatedAt),
                SqliteValues.Time(job.CreatedAt - IdempotencyWindow.Length));
            (JobId Job, string? Fingerprint) holder = ReadHolder(session, job.Queue.Tenant, key);
            if (holder.Job != job.Id) return new InsertOutcome(holder.Job, holder.Fingerprint == job.Fingerprint);
        }
        int inserted = session.Execute(
            "jobs.Insert",
            SqliteValues.Id(job.Id.Value),
            job.Queue.Tenant,
            job.Queue.Name,
            job.Task.Name,
            job.Task.Version,
            job.Task.Digest,
            job.State.Name(),
            (int)job.Priority,
            job.Input,
            job.MaxAttempts,
            SqliteValues.OrNull(job.DueAt),
            SqliteValues.Time(job.ReadyAt),
            SqliteValues.Time(job.CreatedAt),
            SqliteValues.OrNull(job.IdempotencyKey),
            SqliteValues.OrNull(job.TraceParent),
            job.Lane,
            SqliteValues.Time(job.Rank),
            SqliteValues.OrNull(job.Deadline),
            SqliteValues.OrNull(job.EscalateAt),
            SqliteValues.OrNull((int?)job.EscalateTo),
            SqliteValues.OrNull((long?)job.Retention?.TotalMilliseconds),
            SqliteValues.OrNull(StorageJson.Write(job.Options)));
        if (inserted != 1) return new InsertOutcome(job.Id, SameFingerprint: true);
        SqliteEvents.First(session, job);
        if (!job.MayReuse || SqliteCacheStore.Reuse(session, job.Id, 0, job.CacheKey!, job.CreatedAt) is not { } source) return InsertOutcome.Inserted;
        return new InsertOutcome(null, false, source);
    }

    internal static (JobId Job, string? Fingerprint) ReadHolder(SqliteSession session, string tenant, string key)
    {
        using SqliteDataReader row = session.Read("idempotency.ReadKey", tenant, key);
        row.Read();
        return (new JobId(row.GetId(0)), row.GetTextOrNull(1));
    }

    private static bool Start(SqliteSession session, AttemptStart start)
    {
        byte[] job = SqliteValues.Id(start.Job.Value);
        return SqliteEvents.Changed(session, JobTransition.Start, job, start.At, start.Node, null, attemptOffset: 1, session.Execute(
            "jobs.Start",
            job,
            start.Fence,
            start.Node,
            SqliteValues.Time(start.At),
            JobTransition.Start.To[0].Name(),
            SqliteTransitions.From(JobTransition.Start)));
    }

    private static bool End(SqliteSession session, AttemptEnd end)
    {
        if (end.Transition == JobTransition.Complete) return Complete(session, end);
        byte[] job = SqliteValues.Id(end.Job.Value);
        byte[]? failure = StorageJson.Write(end.Failure);
        bool changed = SqliteEvents.Changed(session, end.Transition, job, end.FinishedAt, end.Actor, end.Reason, end.Attempt - end.AttemptsUsed, session.Execute(
            "jobs.End",
            job,
            end.Fence,
            end.AttemptsUsed,
            end.LostWorkers,
            end.Node,
            SqliteValues.Time(end.StartedAt),
            SqliteValues.Time(end.FinishedAt),
            end.To.Name(),
            SqliteTransitions.From(end.Transition),
            end.To.IsTerminal(),
            SqliteValues.OrNull(end.DueAt),
            SqliteValues.OrNull(failure),
            end.Transition == JobTransition.Cancel));
        if (!changed) return false;
        session.Execute(
            "executions.Record",
            job,
            SqliteValues.Id(end.Execution),
            end.Attempt,
            end.Outcome,
            end.Node,
            SqliteValues.Time(end.StartedAt),
            SqliteValues.Time(end.FinishedAt),
            SqliteValues.OrNull(failure),
            SqliteValues.OrNull(StorageJson.Write(end.Log)));
        return true;
    }

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "executions.RecordCancelled",
            SqliteValues.Id(end.Job.Value),
            end.Fence,
            SqliteValues.Id(end.Execution),
            end.Attempt,
            end.Outcome,
            end.Node,
            SqliteValues.Time(end.StartedAt),
            SqliteValues.Time(end.FinishedAt),
            SqliteValues.OrNull(StorageJson.Write(end.Failure)),
            SqliteValues.OrNull(StorageJson.Write(end.Log))) == 1,
        cancel);

    private static bool Complete(SqliteSession session, AttemptEnd end)
    {
        byte[] job = SqliteValues.Id(end.Job.Value);
        bool done = SqliteEvents.Changed(session, end.Transition, job, end.FinishedAt, end.Node, null, attemptOffset: 0, session.Execute(
            "jobs.Complete",
            job,
            end.Fence,
            SqliteValues.Id(end.Execution),
            end.AttemptsUsed,
            end.LostWorkers,
            end.Node,
            SqliteValues.Time(end.StartedAt),
            SqliteValues.Time(end.FinishedAt),
            SqliteValues.OrNull(end.Output),
            end.To.Name(),
            SqliteTransitions.From(end.Transition),
            SqliteValues.OrNull(StorageJson.Write(end.Log))));
        if (done && end.Keep is { } keep) session.Execute("cache.Keep", job, SqliteValues.Id(end.Execution), keep.Key, SqliteValues.Time(keep.Until));
        return done;
    }

    internal static bool Move(SqliteSession session, JobMove move)
    {
        byte[] job = SqliteValues.Id(move.Job.Value);
        return SqliteEvents.Changed(session, move.Transition, job, move.At, move.Actor, move.Reason, attemptOffset: null, session.Execute(
            "jobs.Move",
            job,
            SqliteValues.OrNull(move.Fence),
            SqliteValues.Time(move.At),
            move.To.Name(),
            move.To.IsTerminal(),
            SqliteTransitions.From(move.Transition),
            move.Transition == JobTransition.Redrive,
            SqliteValues.Span(JobPriorities.Ageing)));
    }
}
