using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>
/// Writes a set in one transaction and, unless it is large, in one round trip: every statement of the set goes out before the first answer is read.
/// </summary>
internal sealed class PostgresJobWriter(PostgresConnections connections, SqlTexts sql) : IJobWriter
{
    // COPY costs the server a third less than an INSERT for each row, and two more round trips for the set.
    private const int CopyFrom = 64;
    private const int MostConflicts = 5;
    private readonly ConcurrentDictionary<QueueKey, bool> knownQueues = new();

    public async Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel)
    {
        bool copy = true;
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                return await connections.WriteAsync(c => WriteOnceAsync(c, writes, copy, cancel), cancel);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation && copy)
            {
                // One of the ids is there already, which COPY cannot pass over. Rare: a set is given again only when its outcome was unknown.
                copy = false;
            }
            catch (PostgresException error) when (PostgresErrors.IsConflict(error) && conflicts < MostConflicts)
            {
                // Nothing of the set took effect; whoever was in the way has committed.
            }
        }
    }

    public async Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => await connections.ExecuteAsync(
        sql["executions.RecordCancelled"],
        p =>
        {
            p.With(end.Job.Value).With(end.Fence).With(end.Execution).With(end.Attempt).With(end.Outcome).With(end.Node)
                .With(end.StartedAt.UtcDateTime).With(end.FinishedAt.UtcDateTime);
            foreach (byte[]? text in new[] { StorageJson.Write(end.Failure), StorageJson.Write(end.Log) })
                p.Add(new NpgsqlParameter { Value = text is null ? DBNull.Value : text, NpgsqlDbType = NpgsqlDbType.Text });
        },
        cancel) == 1;

    private async Task<JobWriteOutcomes> WriteOnceAsync(NpgsqlConnection connection, JobWrites writes, bool copy, CancellationToken cancel)
    {
        var inserts = new PostgresInserts(writes.Inserts);
        copy &= inserts.Plain.Count >= CopyFrom;
        QueueKey[] newQueues = NewQueues(writes.Inserts);
        await using var batch = new NpgsqlBatch(connection);
        var answers = new List<IAnswer>();
        if (newQueues.Length > 0) AddQueues(batch, newQueues);
        inserts.AddTo(batch, sql, answers, copy);
        var ends = new PostgresChanges(writes.Ends.Count);
        foreach ((JobTransition transition, int[] members) in Group(writes.Ends.Count, i => writes.Ends[i].Transition))
        {
            ends.Add(batch, answers, PostgresEnds.Command(sql, transition, writes.Ends, members), members);
        }
        PostgresEnds.AddKept(batch, sql, writes.Ends);
        var moves = new PostgresChanges(writes.Moves.Count);
        foreach ((JobTransition transition, int[] members) in Group(writes.Moves.Count, i => writes.Moves[i].Transition))
        {
            moves.Add(batch, answers, PostgresMoves.Command(sql, transition, writes.Moves, members), members);
        }
        // Last, and passing over rows that another transaction holds: an end of the same job may be in another writer's set, and two sets that wait for each
        // other's rows cost a second each (PostgreSQL's deadlock_timeout).
        var starts = new PostgresChanges(writes.Starts.Count);
        if (writes.Starts.Count > 0) starts.Add(batch, answers, PostgresStarts.Command(sql, writes.Starts), [.. Enumerable.Range(0, writes.Starts.Count)]);
        await RunAsync(connection, batch, answers, copy ? inserts : null, cancel);
        foreach (QueueKey queue in newQueues) knownQueues.TryAdd(queue, true);
        return new JobWriteOutcomes(inserts.Outcomes(), starts.Changed, ends.Changed, moves.Changed);
    }

    /// <summary>Without COPY the batch is a transaction by itself: it ends with its only Sync message.</summary>
    private async Task RunAsync(NpgsqlConnection connection, NpgsqlBatch batch, List<IAnswer> answers, PostgresInserts? copied, CancellationToken cancel)
    {
        await using NpgsqlTransaction? transaction = copied is null ? null : await connection.BeginTransactionAsync(cancel);
        if (copied is not null) await copied.CopyAsync(connection, sql, cancel);
        if (batch.BatchCommands.Count > 0)
        {
            await using NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancel);
            foreach (IAnswer answer in answers)
            {
                await answer.ReadAsync(row, cancel);
                // The last of these reads on to the end of the batch, where a failure to commit shows.
                await row.NextResultAsync(cancel);
            }
        }
        if (transaction is not null) await transaction.CommitAsync(cancel);
    }

    private QueueKey[] NewQueues(IReadOnlyList<NewJob> inserts)
    {
        HashSet<QueueKey>? found = null;
        foreach (NewJob job in inserts)
        {
            if (!knownQueues.ContainsKey(job.Queue)) (found ??= []).Add(job.Queue);
        }
        // In one order everywhere, so that two sets that add the same queues do not wait for each other in a circle.
        return found is null ? [] : [.. found.OrderBy(q => q.Tenant, StringComparer.Ordinal).ThenBy(q => q.Name, StringComparer.Ordinal)];
    }

    private void AddQueues(NpgsqlBatch batch, QueueKey[] queues)
    {
        var command = new NpgsqlBatchCommand(sql["queues.AddQueues"]);
        command.Parameters.With(queues.Select(q => q.Tenant).ToArray()).With(queues.Select(q => q.Name).ToArray());
        batch.BatchCommands.Add(command);
    }

    private static IEnumerable<(JobTransition Transition, int[] Members)> Group(int count, Func<int, JobTransition> transition) =>
        Enumerable.Range(0, count).GroupBy(transition).Select(g => (g.Key, g.ToArray()));
}
