using System.Security.Cryptography;
using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Submissions;

/// <summary>One submission on its way through the steps.</summary>
internal sealed class SubmissionDraft(Submission submission)
{
    public Submission Submission { get; } = submission;
    public TaskVersion? Task { get; set; }
    public NewJob? Job { get; private set; }
    public bool Inserted { get; set; }
    /// <summary>Whose result it was given as it was inserted.</summary>
    public JobId? Reused { get; set; }
    public JobView? Existing { get; set; }
    public Rejection? Rejection { get; set; }

    /// <summary>Whether it becomes a job depends on another job that is there.</summary>
    public bool LooksAtOthers => Submission is not { Unique: null, Debounce: null };

    public bool Answered => Inserted || Existing is not null || Rejection is not null;

    public void Prepare(string tenant, JobId id, DateTimeOffset now) => Job = new NewJob
    {
        Id = id,
        Queue = new QueueKey(tenant, Submission.Queue),
        Task = Task!.Reference,
        Priority = Submission.Priority,
        Input = Submission.Input,
        MaxAttempts = Submission.MaxAttempts ?? (Submission.Retry ?? Task.Retry).MaxAttempts,
        CreatedAt = now,
        DueAt = DueAt(now),
        Deadline = Submission.ExpiresIn is { } life ? Truncate(now + life) : Submission.Deadline,
        EscalateAt = Submission.EscalateAfter is { } after ? (DueAt(now) ?? now) + after : null,
        EscalateTo = Submission.EscalateTo,
        FairnessKey = Submission.FairnessKey,
        ConcurrencyKey = Submission.ConcurrencyKey,
        RateKey = Submission.RateKey,
        CacheKey = Submission.NoCache || Task.Execution.Cache is not { } cache ? null : Execution.Caching.CacheKey.Of(Task.Reference.Digest, cache, Submission.Input),
        Retention = Submission.Retention,
        Options = JobOptions.OrNull(new JobOptions
        {
            Timeout = Submission.Timeout,
            Retry = Submission.Retry,
            ConcurrencyLimit = Submission.ConcurrencyLimit,
            RateLimit = Submission.RateLimit,
            Record = Submission.Record,
            NoCache = Submission.NoCache ? true : null,
        }),
        Actor = Submission.Actor,
        IdempotencyKey = Submission.IdempotencyKey,
        Fingerprint = Submission.IdempotencyKey is null ? null : Fingerprint(),
        TraceParent = Submission.TraceParent,
    };

    public ReadyJob Ready() => new()
    {
        Id = Job!.Id,
        Task = Job.Task,
        Priority = Job.Priority,
        ReadyAt = Job.CreatedAt,
        Fence = 0,
        Attempts = 0,
        MaxAttempts = Job.MaxAttempts,
        LostWorkers = 0,
        Input = Job.Input.Length <= Limits.InlineInputBytes ? Job.Input : null,
        TraceParent = Job.TraceParent,
        Watched = Submission.Watched,
        Lane = Job.Lane,
        Rank = Job.Rank,
        Deadline = Job.Deadline,
        Options = Job.Options,
    };

    public SubmitResult Answer()
    {
        if (Rejection is not null) return new SubmitResult { Rejection = Rejection, Job = Existing };
        return Existing is not null ? new SubmitResult { Job = Existing, Existing = true } : new SubmitResult { Job = View() };
    }

    private JobView View() => new()
    {
        Id = Job!.Id,
        Tenant = Job.Queue.Tenant,
        Task = Job.Task.Name,
        TaskVersion = Job.Task.Version,
        Queue = Job.Queue.Name,
        Priority = Job.Priority,
        State = Reused is null ? Job.State : JobState.Completed,
        CachedFrom = Reused,
        FinishedAt = Reused is null ? null : Job.CreatedAt,
        Attempts = 0,
        MaxAttempts = Job.MaxAttempts,
        LostWorkers = 0,
        CreatedAt = Job.CreatedAt,
        DueAt = Job.DueAt,
        IdempotencyKey = Job.IdempotencyKey,
        FairnessKey = Job.FairnessKey,
        ConcurrencyKey = Job.ConcurrencyKey,
        RateKey = Job.RateKey,
        Deadline = Job.Deadline,
        EscalateAt = Job.EscalateAt,
    };

    private DateTimeOffset? DueAt(DateTimeOffset now)
    {
        DateTimeOffset? at = Submission.Delay is { } delay ? now + delay : Submission.Debounce is { } debounce ? now + debounce.Delay : Submission.RunAt;
        return at > now ? Truncate(at.Value) : null;
    }

    /// <summary>To microseconds, as the stores keep times: the order in memory is then the order there.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>
    /// What must be the same when an idempotency key comes again: everything the client chose but the key itself, as the client said it. What is worked out from it
    /// with a clock has no place here, for a repeat comes later.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string head = string.Join('\n', Submission.Task, Submission.Version, Submission.Queue, Submission.Priority, Submission.MaxAttempts, Submission.RunAt?.UtcTicks);
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        if (Extras() is { } extras) hash.AppendData(Encoding.UTF8.GetBytes(extras));
        hash.AppendData([0]);
        hash.AppendData(Submission.Input);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What few submissions say; null when this one says none of it, so that plain ones keep the fingerprint that they have always had.</summary>
    private string? Extras()
    {
        Submission s = Submission;
        string extras = string.Join(
            '\n', s.Delay, s.Deadline?.UtcTicks, s.Timeout, s.EscalateAfter, s.EscalateTo, s.FairnessKey, s.ConcurrencyKey, s.ConcurrencyLimit, s.RateKey, s.RateLimit,
            s.Unique, s.Debounce, s.Retention, Text(s.Retry), s.ExpiresIn);
        if (s.NoCache) extras += "\nno cache";
        if (s.Record is { } record) extras += '\n' + record.Name();
        return extras.All(c => c == '\n') ? null : '\n' + extras;
    }

    private static string? Text(RetryPolicy? retry) => retry is null
        ? null
        : $"{retry with { RetryOn = [], NoRetryOn = [], Delays = [] }} {string.Join(',', retry.RetryOn)} {string.Join(',', retry.NoRetryOn)} {string.Join(',', retry.Delays)}";
}
