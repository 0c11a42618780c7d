using Npgsql;
using NpgsqlTypes;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;
using Ratchet.Submissions;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresUniqueStore(PostgresConnections connections, SqlTexts sql) : IUniqueStore
{
    private const string Unique = "UNIQUE";
    private const string Debounce = "DEBOUNCE";

    public Task<UniqueOutcome> InsertUniqueAsync(NewJob job, UniqueRule rule, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            DateTimeOffset? expires = job.CreatedAt + rule.Period;
            Claim claim = await ClaimAsync(connection, Unique, job, rule.Key, expires, cancel);
            if (claim.Holder == job.Id) return await InsertAsync(connection, job, null, cancel);
            Holder? holder = await LockHolderAsync(connection, job.Queue.Tenant, claim.Holder, cancel);
            bool held = claim.ExpiresAt is { } until ? until > job.CreatedAt : holder is { State: var state } && !state.IsTerminal();
            if (held && rule.Conflict != UniqueConflict.Replace) return new UniqueOutcome(default, claim.Holder);
            JobToReplace? replaced = null;
            if (held && holder is { } active && !active.State.IsTerminal())
            {
                await CancelAsync(connection, claim.Holder, job, cancel);
                replaced = new JobToReplace(claim.Holder, active.Queue);
            }

            await TakeAsync(connection, Unique, job, rule.Key, expires, cancel);
            return await InsertAsync(connection, job, replaced, cancel);
        },
        cancel);

    public Task<UniqueOutcome> InsertDebouncedAsync(NewJob job, DebounceRule rule, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            Claim claim = await ClaimAsync(connection, Debounce, job, rule.Key, null, cancel);
            if (claim.Holder == job.Id) return await InsertAsync(connection, job, null, cancel);
            DateTimeOffset due = job.CreatedAt + rule.Delay;
            if (claim.FirstAt + rule.MaxDelay is { } latest && latest < due) due = latest;
            if (await PostponeAsync(connection, claim.Holder, job, due, cancel)) return new UniqueOutcome(default, claim.Holder);
            await TakeAsync(connection, Debounce, job, rule.Key, null, cancel);
            return await InsertAsync(connection, job, null, cancel);
        },
        cancel);

    public async Task<IReadOnlyDictionary<string, KeyHolder>> FindHoldersAsync(string tenant, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancel)
    {
        IReadOnlyList<(string Key, KeyHolder Holder)> found = await connections.ListAsync(
            sql["idempotency.FindKeys"],
            parameters => parameters.With(tenant).With(keys.ToArray()).With((now - IdempotencyWindow.Length).UtcDateTime),
            row => (row.GetString(0), new KeyHolder(new JobId(row.GetGuid(1)), row.OrNull<string>(2))),
            cancel);
        return found.ToDictionary(f => f.Key, f => f.Holder);
    }

    public Task<OnceOutcome> MoveOnceAsync(string tenant, JobMove move, string key, string fingerprint, CancellationToken cancel) => connections.WriteAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            if (!await ClaimIdempotencyAsync(connection, tenant, move, key, fingerprint, cancel))
                return await HeldByAsync(connection, tenant, key, cancel) == (move.Job, fingerprint) ? OnceOutcome.Before : OnceOutcome.Conflict;
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(PostgresMoves.Command(sql, move.Transition, [move], [0]));
            if (await batch.ExecuteScalarAsync(cancel) is null) return OnceOutcome.Refused;
            await transaction.CommitAsync(cancel);
            return OnceOutcome.Moved;
        },
        cancel);

    private async Task<bool> ClaimIdempotencyAsync(NpgsqlConnection connection, string tenant, JobMove move, string key, string fingerprint, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["idempotency.ClaimKeys"]);
        command.Parameters.With(new[] { tenant }).With(new[] { key }).With(new[] { move.Job.Value }).With(new[] { fingerprint })
            .With(new[] { move.At.UtcDateTime }).With(IdempotencyWindow.Length);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private async Task<(JobId, string?)> HeldByAsync(NpgsqlConnection connection, string tenant, string key, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["idempotency.ReadKeys"]);
        command.Parameters.With(new[] { tenant }).With(new[] { key });
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (new JobId(row.GetGuid(2)), row.OrNull<string>(3)) : default;
    }

    /// <summary>Commits only what inserted the job or put another off: a key that was claimed for a job that is not there is given up again.</summary>
    private Task<UniqueOutcome> InTransactionAsync(Func<NpgsqlConnection, Task<UniqueOutcome>> work, CancellationToken cancel) => connections.WriteAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            UniqueOutcome outcome = await work(connection);
            if (outcome.Insert.Existing is null) await transaction.CommitAsync(cancel);
            return outcome;
        },
        cancel);

    private async Task<UniqueOutcome> InsertAsync(NpgsqlConnection connection, NewJob job, JobToReplace? replaced, CancellationToken cancel)
    {
        var inserts = new PostgresInserts([job]);
        var answers = new List<IAnswer>();
        await using var batch = new NpgsqlBatch(connection);
        var queues = new NpgsqlBatchCommand(sql["queues.AddQueues"]);
        queues.Parameters.With(new[] { job.Queue.Tenant }).With(new[] { job.Queue.Name });
        batch.BatchCommands.Add(queues);
        inserts.AddTo(batch, sql, answers, plainIsCopied: false);
        await using (NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancel))
        {
            foreach (IAnswer answer in answers)
            {
                await answer.ReadAsync(row, cancel);
                await row.NextResultAsync(cancel);
            }
        }

        return new UniqueOutcome(inserts.Outcomes()[0], Replaced: replaced);
    }

    private async Task<Claim> ClaimAsync(NpgsqlConnection connection, string kind, NewJob job, string key, DateTimeOffset? expires, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.Claim"]);
        command.Parameters.With(job.Queue.Tenant).With(kind).With(key).With(job.Id.Value).With(job.CreatedAt.UtcDateTime).With(expires?.UtcDateTime);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new Claim(new JobId(row.GetGuid(0)), row.GetFieldValue<DateTimeOffset>(1), row.TimeOrNull(2));
    }

    private async Task TakeAsync(NpgsqlConnection connection, string kind, NewJob job, string key, DateTimeOffset? expires, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.Take"]);
        command.Parameters.With(job.Queue.Tenant).With(kind).With(key).With(job.Id.Value).With(job.CreatedAt.UtcDateTime).With(expires?.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Holder?> LockHolderAsync(NpgsqlConnection connection, string tenant, JobId id, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.LockHolder"]);
        command.Parameters.With(id.Value).With(tenant);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new Holder(JobStates.Parse(row.GetString(0)), row.GetString(1)) : null;
    }

    private async Task CancelAsync(NpgsqlConnection connection, JobId holder, NewJob by, CancellationToken cancel)
    {
        var move = new JobMove(holder, JobTransition.Cancel, by.CreatedAt) { Actor = by.Actor, Reason = $"replaced by {by.Id}" };
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PostgresMoves.Command(sql, JobTransition.Cancel, [move], [0]));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task<bool> PostponeAsync(NpgsqlConnection connection, JobId holder, NewJob by, DateTimeOffset due, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.Postpone"]);
        command.Parameters.With(holder.Value).With(by.Queue.Tenant);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = by.Input, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.With(due.UtcDateTime).With(JobPriorities.Ageing).With(by.CreatedAt.UtcDateTime).With(by.Actor);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private sealed record Claim(JobId Holder, DateTimeOffset FirstAt, DateTimeOffset? ExpiresAt);

    private sealed record Holder(JobState State, string Queue);
}
