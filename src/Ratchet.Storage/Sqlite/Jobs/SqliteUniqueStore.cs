using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Submissions;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteUniqueStore(SqliteFile file) : IUniqueStore
{
    private const string Unique = "UNIQUE";
    private const string Debounce = "DEBOUNCE";

    public Task<UniqueOutcome> InsertUniqueAsync(NewJob job, UniqueRule rule, CancellationToken cancel) => WriteAsync(
        session =>
        {
            JobToReplace? replaced = null;
            if (Read(session, Unique, job.Queue.Tenant, rule.Key) is { } claim)
            {
                Holder? holder = HolderOf(session, job.Queue.Tenant, claim.Holder);
                bool held = claim.Holds(holder, job.CreatedAt);
                if (held && rule.Conflict == UniqueConflict.Existing && holder is not null) return AnswerWith(session, job, claim.Holder);
                if (held && rule.Conflict != UniqueConflict.Replace) return new UniqueOutcome(default, claim.Holder);
                if (held && holder is { } active && !active.State.IsTerminal())
                {
                    SqliteJobWriter.Move(session, new JobMove(claim.Holder, JobTransition.Cancel, job.CreatedAt) { Actor = job.Actor, Reason = $"replaced by {job.Id}" });
                    replaced = new JobToReplace(claim.Holder, active.Queue);
                }
            }

            UniqueOutcome outcome = Insert(session, Unique, job, rule.Key, job.CreatedAt + rule.Period, replaced);
            session.Execute("unique.Name", SqliteValues.Id(job.Id.Value), rule.Key);
            return outcome;
        },
        cancel);

    public Task<UniqueOutcome> InsertDebouncedAsync(NewJob job, DebounceRule rule, CancellationToken cancel) => WriteAsync(
        session =>
        {
            string key = Debouncing.KeyOf(job, rule);
            if (Read(session, Debounce, job.Queue.Tenant, key) is { } claim && HolderOf(session, job.Queue.Tenant, claim.Holder) is { State: JobState.Scheduled })
            {
                UniqueOutcome outcome = AnswerWith(session, job, claim.Holder);
                if (outcome.Holder is not null) Postpone(session, claim.Holder, Debouncing.InPlace(job, rule, claim.FirstAt));
                return outcome;
            }

            return Insert(session, Debounce, job, key, null, null);
        },
        cancel);

    public Task<IReadOnlyDictionary<string, KeyHolder>> FindHoldersAsync(string tenant, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancel) => file.ReadAsync<IReadOnlyDictionary<string, KeyHolder>>(
        session =>
        {
            var holders = new Dictionary<string, KeyHolder>();
            long since = SqliteValues.Time(now - IdempotencyWindow.Length);
            foreach (string key in keys)
            {
                foreach (KeyHolder holder in session.List(row => new KeyHolder(new JobId(row.GetId(0)), row.GetTextOrNull(1)), "idempotency.FindKey", tenant, key, since))
                    holders[key] = holder;
            }

            return holders;
        },
        cancel);

    public async Task<KeyedMove> MoveAsync(string tenant, JobMove move, IdempotentMove? once, CancellationToken cancel)
    {
        try
        {
            return await file.WriteAsync(session => session.InTransaction(s => Move(s, tenant, move, once)), cancel);
        }
        catch (NotMoved undone)
        {
            return undone.Outcome;
        }
    }

    private static KeyedMove Move(SqliteSession session, string tenant, JobMove move, IdempotentMove? once)
    {
        if (once is not null && !ClaimIdempotency(session, tenant, move.Job, once.Key, once.Fingerprint, move.At))
        {
            bool before = SqliteJobWriter.ReadHolder(session, tenant, once.Key) == (move.Job, once.Fingerprint);
            return new KeyedMove(before ? MoveOutcome.Before : MoveOutcome.Conflict);
        }

        if (move.Transition == JobTransition.Redrive) TakeAgain(session, tenant, move);
        return SqliteJobWriter.Move(session, move) ? new KeyedMove(MoveOutcome.Moved) : throw new NotMoved(new KeyedMove(MoveOutcome.Refused));
    }

    /// <summary>Another job is the answer: the idempotency key, if there is one, stands for it from now on. When the key stands for a job already, that is the answer.</summary>
    private static UniqueOutcome AnswerWith(SqliteSession session, NewJob job, JobId holder)
    {
        string tenant = job.Queue.Tenant;
        if (job.IdempotencyKey is not { } key || ClaimIdempotency(session, tenant, holder, key, job.Fingerprint, job.CreatedAt)) return new UniqueOutcome(default, holder);
        (JobId Job, string? Fingerprint) known = SqliteJobWriter.ReadHolder(session, tenant, key);
        return new UniqueOutcome(new InsertOutcome(known.Job, known.Fingerprint == job.Fingerprint));
    }

    private static bool ClaimIdempotency(SqliteSession session, string tenant, JobId job, string key, string? fingerprint, DateTimeOffset at) => session.Execute(
        "idempotency.ClaimKey",
        tenant,
        key,
        SqliteValues.Id(job.Value),
        SqliteValues.OrNull(fingerprint),
        SqliteValues.Time(at),
        SqliteValues.Time(at - IdempotencyWindow.Length)) == 1;

    /// <summary>The job's unique key becomes its own again, until its end; while its period lasts it is that already. A period counts from the submit: this is not one, and prolongs none.</summary>
    private static void TakeAgain(SqliteSession session, string tenant, JobMove move)
    {
        byte[] job = SqliteValues.Id(move.Job.Value);
        if (session.List(row => row.GetTextOrNull(0), "unique.KeyOf", job, tenant) is not [{ } key]) return;
        Claim? claim = Read(session, Unique, tenant, key);
        if (claim?.Holder == move.Job && !claim.IsOver(move.At)) return;
        if (claim is not null && claim.Holder != move.Job && claim.Holds(HolderOf(session, tenant, claim.Holder), move.At)) throw new NotMoved(new KeyedMove(MoveOutcome.UniqueKeyHeld, key, claim.Holder));
        session.Execute("unique.Take", tenant, Unique, key, job, SqliteValues.Time(move.At), SqliteValues.OrNull((DateTimeOffset?)null));
    }

    /// <summary>A key that was taken for a job that is not there, because of its idempotency key, is given up again.</summary>
    private async Task<UniqueOutcome> WriteAsync(Func<SqliteSession, UniqueOutcome> work, CancellationToken cancel)
    {
        try
        {
            return await file.WriteAsync(
                session => session.InTransaction(s =>
                {
                    UniqueOutcome outcome = work(s);
                    return outcome.Insert.Existing is null ? outcome : throw new NotInserted(outcome);
                }),
                cancel);
        }
        catch (NotInserted undone)
        {
            return undone.Outcome;
        }
    }

    private static UniqueOutcome Insert(SqliteSession session, string kind, NewJob job, string key, DateTimeOffset? expires, JobToReplace? replaced)
    {
        session.Execute("unique.Take", job.Queue.Tenant, kind, key, SqliteValues.Id(job.Id.Value), SqliteValues.Time(job.CreatedAt), SqliteValues.OrNull(expires));
        session.Execute("queues.AddQueue", job.Queue.Tenant, job.Queue.Name);
        return new UniqueOutcome(SqliteJobWriter.Insert(session, job), Replaced: replaced);
    }

    private static Claim? Read(SqliteSession session, string kind, string tenant, string key)
    {
        IReadOnlyList<Claim> found = session.List(
            row => new Claim(new JobId(row.GetId(0)), row.GetTime(1), row.GetTimeOrNull(2)), "unique.Read", tenant, kind, key);
        return found.Count == 0 ? null : found[0];
    }

    private static Holder? HolderOf(SqliteSession session, string tenant, JobId id)
    {
        IReadOnlyList<Holder> found =
            session.List(row => new Holder(JobStates.Parse(row.GetString(0)), row.GetString(1)), "unique.ReadHolder", SqliteValues.Id(id.Value), tenant);
        return found.Count == 0 ? null : found[0];
    }

    private static void Postpone(SqliteSession session, JobId holder, NewJob by)
    {
        byte[] id = SqliteValues.Id(holder.Value);
        session.Execute("queues.AddQueue", by.Queue.Tenant, by.Queue.Name);
        session.Execute(
            "unique.Postpone",
            id,
            by.Queue.Tenant,
            by.Task.Version,
            by.Task.Digest,
            by.Queue.Name,
            (int)by.Priority,
            by.Input,
            by.MaxAttempts,
            SqliteValues.OrNull(by.DueAt),
            SqliteValues.OrNull(by.TraceParent),
            by.Lane,
            SqliteValues.Time(by.Rank),
            SqliteValues.OrNull(by.Deadline),
            SqliteValues.OrNull(by.EscalateAt),
            SqliteValues.OrNull((int?)by.EscalateTo),
            SqliteValues.OrNull((long?)by.Retention?.TotalMilliseconds),
            SqliteValues.OrNull(StorageJson.Write(by.Options)));
        string state = JobState.Scheduled.Name();
        SqliteEvents.Add(session, by.CreatedAt, id, 0, by.Queue.Tenant, "debounce", state, state, by.Actor, null);
    }

    private sealed record Claim(JobId Holder, DateTimeOffset FirstAt, DateTimeOffset? ExpiresAt)
    {
        /// <summary>It had a period.</summary>
        public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;

        public bool Holds(Holder? holder, DateTimeOffset now) => ExpiresAt is { } until ? until > now : holder is { State: var state } && !state.IsTerminal();
    }

    private sealed record Holder(JobState State, string Queue);

    /// <summary>Rolls the transaction back, and the keys with it.</summary>
    private sealed class NotMoved(KeyedMove outcome) : Exception
    {
        public KeyedMove Outcome { get; } = outcome;
    }

    /// <summary>Rolls the transaction back.</summary>
    private sealed class NotInserted(UniqueOutcome outcome) : Exception
    {
        public UniqueOutcome Outcome { get; } = outcome;
    }
}
