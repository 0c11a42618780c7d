using Npgsql;
using NpgsqlTypes;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
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
            Wanted wanted = Wanted.By(job, Unique, rule.Key, job.CreatedAt + rule.Period);
            Claim claim = await ClaimAsync(connection, wanted, cancel);
            if (claim.Holder == job.Id) return await InsertNamedAsync(connection, job, rule.Key, null, cancel);
            Holder? holder = await LockHolderAsync(connection, job.Queue.Tenant, claim.Holder, cancel);
            bool held = claim.Holds(holder, job.CreatedAt);
            if (held && rule.Conflict == UniqueConflict.Existing && holder is not null) return await AnswerWithAsync(connection, job, claim.Holder, cancel);
            if (held && rule.Conflict != UniqueConflict.Replace) return new UniqueOutcome(default, claim.Holder);
            JobToReplace? replaced = null;
            if (held && holder is { } active && !active.State.IsTerminal())
            {
                await CancelAsync(connection, claim.Holder, job, cancel);
                replaced = new JobToReplace(claim.Holder, active.Queue);
            }

            await TakeAsync(connection, wanted, cancel);
            return await InsertNamedAsync(connection, job, rule.Key, replaced, cancel);
        },
        cancel);

    public Task<UniqueOutcome> InsertDebouncedAsync(NewJob job, DebounceRule rule, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            Wanted wanted = Wanted.By(job, Debounce, Debouncing.KeyOf(job, rule), null);
            Claim claim = await ClaimAsync(connection, wanted, cancel);
            if (claim.Holder == job.Id) return await InsertAsync(connection, job, null, cancel);
            if (await LockHolderAsync(connection, job.Queue.Tenant, claim.Holder, cancel) is { State: JobState.Scheduled })
            {
                UniqueOutcome outcome = await AnswerWithAsync(connection, job, claim.Holder, cancel);
                if (outcome.Holder is not null) await PostponeAsync(connection, claim.Holder, Debouncing.InPlace(job, rule, claim.FirstAt), cancel);
                return outcome;
            }

            await TakeAsync(connection, wanted, cancel);
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

    public Task<KeyedMove> MoveAsync(string tenant, JobMove move, IdempotentMove? once, CancellationToken cancel) => connections.WriteAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            // The unique key's row before the idempotency key's, as an insert does: two that want both wait for each other and do not deadlock.
            KeyedMove? held = move.Transition == JobTransition.Redrive ? await TakeAgainAsync(connection, tenant, move, cancel) : null;
            if (once is not null && !await ClaimIdempotencyAsync(connection, tenant, move.Job, once.Key, once.Fingerprint, move.At, cancel))
            {
                bool before = await HeldByAsync(connection, tenant, once.Key, cancel) == (move.Job, once.Fingerprint);
                return new KeyedMove(before ? MoveOutcome.Before : MoveOutcome.Conflict);
            }

            if (held is not null) return held;
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(PostgresMoves.Command(sql, move.Transition, [move], [0]));
            if (await batch.ExecuteScalarAsync(cancel) is null) return new KeyedMove(MoveOutcome.Refused);
            await transaction.CommitAsync(cancel);
            return new KeyedMove(MoveOutcome.Moved);
        },
        cancel);

    /// <summary>The job's unique key becomes its own again, until its end; while its period lasts it is that already. A period counts from the submit: this is not one, and prolongs none.</summary>
    /// <returns>Null, or who holds the key.</returns>
    private async Task<KeyedMove?> TakeAgainAsync(NpgsqlConnection connection, string tenant, JobMove move, CancellationToken cancel)
    {
        if (await KeyOfAsync(connection, tenant, move.Job, cancel) is not { } key) return null;
        var wanted = new Wanted(tenant, Unique, key, move.Job, move.At, null);
        Claim claim = await ClaimAsync(connection, wanted, cancel);
        if (claim.Holder == move.Job)
        {
            if (claim.IsOver(move.At)) await TakeAsync(connection, wanted, cancel);
            return null;
        }

        if (claim.Holds(await LockHolderAsync(connection, tenant, claim.Holder, cancel), move.At)) return new KeyedMove(MoveOutcome.UniqueKeyHeld, key, claim.Holder);
        await TakeAsync(connection, wanted, cancel);
        return null;
    }

    private async Task<string?> KeyOfAsync(NpgsqlConnection connection, string tenant, JobId job, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.KeyOf"]);
        command.Parameters.With(job.Value).With(tenant);
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>Another job is the answer: the idempotency key, if there is one, stands for it from now on. When the key stands for a job already, that is the answer.</summary>
    private async Task<UniqueOutcome> AnswerWithAsync(NpgsqlConnection connection, NewJob job, JobId holder, CancellationToken cancel)
    {
        string tenant = job.Queue.Tenant;
        if (job.IdempotencyKey is not { } key || await ClaimIdempotencyAsync(connection, tenant, holder, key, job.Fingerprint, job.CreatedAt, cancel)) return new UniqueOutcome(default, holder);
        (JobId Job, string? Fingerprint) known = await HeldByAsync(connection, tenant, key, cancel);
        return new UniqueOutcome(new InsertOutcome(known.Job, known.Fingerprint == job.Fingerprint));
    }

    private async Task<bool> ClaimIdempotencyAsync(
        NpgsqlConnection connection, string tenant, JobId job, string key, string? fingerprint, DateTimeOffset at, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["idempotency.ClaimKeys"]);
        command.Parameters.With(new[] { tenant }).With(new[] { key }).With(new[] { job.Value }).With(new[] { fingerprint })
            .With(new[] { at.UtcDateTime }).With(IdempotencyWindow.Length);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private async Task<(JobId Job, string? Fingerprint)> HeldByAsync(NpgsqlConnection connection, string tenant, string key, CancellationToken cancel)
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

    private async Task<UniqueOutcome> InsertNamedAsync(NpgsqlConnection connection, NewJob job, string key, JobToReplace? replaced, CancellationToken cancel)
    {
        UniqueOutcome outcome = await InsertAsync(connection, job, replaced, cancel);
        if (outcome.Insert.Existing is not null) return outcome;
        await using NpgsqlCommand command = connection.Command(sql["unique.Name"]);
        command.Parameters.With(job.Id.Value).With(key);
        await command.ExecuteNonQueryAsync(cancel);
        return outcome;
    }

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

    private async Task<Claim> ClaimAsync(NpgsqlConnection connection, Wanted wanted, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.Claim"]);
        wanted.AddTo(command.Parameters);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new Claim(new JobId(row.GetGuid(0)), row.GetFieldValue<DateTimeOffset>(1), row.TimeOrNull(2));
    }

    private async Task TakeAsync(NpgsqlConnection connection, Wanted wanted, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["unique.Take"]);
        wanted.AddTo(command.Parameters);
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

    private async Task PostponeAsync(NpgsqlConnection connection, JobId holder, NewJob by, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        var queues = new NpgsqlBatchCommand(sql["queues.AddQueues"]);
        queues.Parameters.With(new[] { by.Queue.Tenant }).With(new[] { by.Queue.Name });
        batch.BatchCommands.Add(queues);
        var postpone = new NpgsqlBatchCommand(sql["unique.Postpone"]);
        postpone.Parameters.With(holder.Value).With(by.Queue.Tenant).With(by.Task.Version).With(by.Task.Digest).With(by.Queue.Name).With((short)by.Priority);
        postpone.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = by.Input, NpgsqlDbType = NpgsqlDbType.Text });
        postpone.Parameters.With(by.MaxAttempts).With(by.DueAt?.UtcDateTime).With(by.TraceParent).With(by.Lane).With(by.Rank.UtcDateTime).With(by.Deadline?.UtcDateTime)
            .With(by.EscalateAt?.UtcDateTime).With((short?)by.EscalateTo).With((long?)by.Retention?.TotalMilliseconds).With(StorageJson.Write(by.Options))
            .With(by.CreatedAt.UtcDateTime).With(by.Actor);
        batch.BatchCommands.Add(postpone);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A key, and for which job, since when and until when.</summary>
    private sealed record Wanted(string Tenant, string Kind, string Key, JobId Job, DateTimeOffset At, DateTimeOffset? Expires)
    {
        public static Wanted By(NewJob job, string kind, string key, DateTimeOffset? expires) => new(job.Queue.Tenant, kind, key, job.Id, job.CreatedAt, expires);

        public void AddTo(NpgsqlParameterCollection parameters) =>
            parameters.With(Tenant).With(Kind).With(Key).With(Job.Value).With(At.UtcDateTime).With(Expires?.UtcDateTime);
    }

    private sealed record Claim(JobId Holder, DateTimeOffset FirstAt, DateTimeOffset? ExpiresAt)
    {
        /// <summary>It had a period.</summary>
        public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;

        public bool Holds(Holder? holder, DateTimeOffset now) => ExpiresAt is { } until ? until > now : holder is { State: var state } && !state.IsTerminal();
    }

    private sealed record Holder(JobState State, string Queue);
}
