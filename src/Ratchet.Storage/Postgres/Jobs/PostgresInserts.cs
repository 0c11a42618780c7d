using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>The inserts of one set. Jobs without an idempotency key take the short way; those with one first claim it.</summary>
internal sealed class PostgresInserts
{
    private static readonly TimeSpan KeyWindow = IdempotencyWindow.Length;
    private readonly IReadOnlyList<NewJob> jobs;
    private readonly int[] keyed;
    private readonly HashSet<Guid> inserted = [];
    private readonly Dictionary<Guid, JobId> reused = [];
    private readonly Dictionary<(string Tenant, string Key), (JobId Job, string? Fingerprint)> holders = [];
    private bool copied;

    public PostgresInserts(IReadOnlyList<NewJob> jobs)
    {
        this.jobs = jobs;
        var plain = new List<int>(jobs.Count);
        Dictionary<(string, string), int>? first = null;
        for (int i = 0; i < jobs.Count; i++)
        {
            if (jobs[i].IdempotencyKey is { } key) (first ??= []).TryAdd((jobs[i].Queue.Tenant, key), i);
            else plain.Add(i);
        }
        // Ids sort by age: neighbours in the set become neighbours in the index, which costs it a fifth less.
        plain.Sort((a, b) => jobs[a].Id.CompareTo(jobs[b].Id));
        Plain = plain;
        // In the order of the keys, so that two sets that claim the same ones wait for each other and do not deadlock.
        keyed = first is null
            ? []
            : [.. first.OrderBy(f => f.Key.Item1, StringComparer.Ordinal).ThenBy(f => f.Key.Item2, StringComparer.Ordinal).Select(f => f.Value)];
    }

    /// <summary>Positions of the jobs without a key.</summary>
    public List<int> Plain { get; }

    public void AddTo(NpgsqlBatch batch, SqlTexts sql, List<IAnswer> answers, bool plainIsCopied)
    {
        copied = plainIsCopied;
        if (!copied) AddInserts(batch, sql["jobs.Insert"], Plain, answers);
        if (keyed.Length > 0)
        {
            batch.BatchCommands.Add(ClaimKeys(sql["idempotency.ClaimKeys"]));
            AddInserts(batch, sql["jobs.InsertKeyed"], keyed, answers);
            batch.BatchCommands.Add(ReadKeys(sql["idempotency.ReadKeys"]));
            answers.Add(new Holders(holders));
        }

        AddReuse(batch, sql["cache.Reuse"], answers);
    }

    /// <summary>Jobs for which there is a result already end as they begin. Sets without a job that may have one, which most are, have no such statement.</summary>
    private void AddReuse(NpgsqlBatch batch, string text, List<IAnswer> answers)
    {
        NewJob[] asking = [.. jobs.Where(j => j.MayReuse)];
        if (asking.Length == 0) return;
        var command = new NpgsqlBatchCommand(text);
        PostgresCacheStore.BindReuse(
            command.Parameters,
            Array.ConvertAll(asking, j => j.Id.Value),
            new long[asking.Length],
            Array.ConvertAll(asking, j => j.CacheKey!),
            Array.ConvertAll(asking, j => j.CreatedAt.UtcDateTime));
        batch.BatchCommands.Add(command);
        answers.Add(new ReusedIds(reused));
    }

    public async Task CopyAsync(NpgsqlConnection connection, SqlTexts sql, CancellationToken cancel)
    {
        await PostgresJobCopy.WriteAsync(connection, sql["jobs.Copy"], PostgresJobCopy.Job, jobs, Plain, cancel);
        await PostgresJobCopy.WriteAsync(connection, sql["jobs.CopyEvents"], PostgresJobCopy.FirstEvent, jobs, Plain, cancel);
    }

    /// <summary>What became of each job; to be asked once, when the answers are read.</summary>
    public InsertOutcome[] Outcomes()
    {
        var outcomes = new InsertOutcome[jobs.Count];
        for (int i = 0; i < outcomes.Length; i++) outcomes[i] = Outcome(jobs[i]);
        return outcomes;
    }

    private InsertOutcome Outcome(NewJob job)
    {
        // Removed as it is told: an id given twice in one set was inserted once.
        if ((copied && job.IdempotencyKey is null) || inserted.Remove(job.Id.Value))
            return reused.TryGetValue(job.Id.Value, out JobId source) ? new InsertOutcome(null, false, source) : InsertOutcome.Inserted;
        return job.IdempotencyKey is { } key && holders.TryGetValue((job.Queue.Tenant, key), out (JobId Job, string? Fingerprint) holder)
            ? new InsertOutcome(holder.Job, holder.Fingerprint == job.Fingerprint)
            : new InsertOutcome(job.Id, SameFingerprint: true);
    }

    /// <summary>A statement for each who submits, and that is one, mostly.</summary>
    private void AddInserts(NpgsqlBatch batch, string text, IReadOnlyList<int> members, List<IAnswer> answers)
    {
        foreach (IGrouping<string, int> by in members.GroupBy(i => jobs[i].Actor))
        {
            batch.BatchCommands.Add(Insert(text, by.Key, [.. by]));
            answers.Add(new InsertedIds(inserted));
        }
    }

    private NpgsqlBatchCommand Insert(string text, string actor, int[] members)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters
            .With(Array.ConvertAll(members, i => jobs[i].Id.Value))
            .With(Array.ConvertAll(members, i => jobs[i].Queue.Tenant))
            .With(Array.ConvertAll(members, i => jobs[i].Queue.Name))
            .With(Array.ConvertAll(members, i => jobs[i].Task.Name))
            .With(Array.ConvertAll(members, i => jobs[i].Task.Version))
            .With(Array.ConvertAll(members, i => jobs[i].Task.Digest))
            .With(Array.ConvertAll(members, i => jobs[i].State.Name()))
            .With(Array.ConvertAll(members, i => (short)jobs[i].Priority))
            .WithTexts(Array.ConvertAll(members, i => (byte[]?)jobs[i].Input))
            .With(Array.ConvertAll(members, i => jobs[i].MaxAttempts))
            .With(Array.ConvertAll(members, i => jobs[i].DueAt?.UtcDateTime))
            .With(Array.ConvertAll(members, i => jobs[i].ReadyAt.UtcDateTime))
            .With(Array.ConvertAll(members, i => jobs[i].CreatedAt.UtcDateTime))
            .With(Array.ConvertAll(members, i => jobs[i].IdempotencyKey))
            .With(Array.ConvertAll(members, i => jobs[i].TraceParent))
            .With(Array.ConvertAll(members, i => jobs[i].Lane))
            .With(Array.ConvertAll(members, i => jobs[i].Rank.UtcDateTime))
            .With(Array.ConvertAll(members, i => jobs[i].Deadline?.UtcDateTime))
            .With(Array.ConvertAll(members, i => jobs[i].EscalateAt?.UtcDateTime))
            .With(Array.ConvertAll(members, i => (short?)jobs[i].EscalateTo))
            .With(Array.ConvertAll(members, i => (long?)jobs[i].Retention?.TotalMilliseconds))
            .With(Array.ConvertAll(members, i => StorageJson.Write(jobs[i].Options)))
            .With(actor);
        return command;
    }

    private NpgsqlBatchCommand ClaimKeys(string text)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters
            .With(Array.ConvertAll(keyed, i => jobs[i].Queue.Tenant))
            .With(Array.ConvertAll(keyed, i => jobs[i].IdempotencyKey))
            .With(Array.ConvertAll(keyed, i => jobs[i].Id.Value))
            .With(Array.ConvertAll(keyed, i => jobs[i].Fingerprint))
            .With(Array.ConvertAll(keyed, i => jobs[i].CreatedAt.UtcDateTime))
            .With(KeyWindow);
        return command;
    }

    private NpgsqlBatchCommand ReadKeys(string text)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters
            .With(Array.ConvertAll(keyed, i => jobs[i].Queue.Tenant))
            .With(Array.ConvertAll(keyed, i => jobs[i].IdempotencyKey));
        return command;
    }

    private sealed class InsertedIds(HashSet<Guid> ids) : IAnswer
    {
        public async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
        {
            while (await row.ReadAsync(cancel)) ids.Add(row.GetGuid(0));
        }
    }

    private sealed class ReusedIds(Dictionary<Guid, JobId> ids) : IAnswer
    {
        public async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
        {
            while (await row.ReadAsync(cancel)) ids[row.GetGuid(0)] = new JobId(row.GetGuid(1));
        }
    }

    private sealed class Holders(Dictionary<(string, string), (JobId, string?)> holders) : IAnswer
    {
        public async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
        {
            while (await row.ReadAsync(cancel)) holders[(row.GetString(0), row.GetString(1))] = (new JobId(row.GetGuid(2)), row.OrNull<string>(3));
        }
    }
}
