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
    public JobView? Existing { get; set; }
    public Rejection? Rejection { get; set; }

    public bool Answered => Inserted || Existing is not null || Rejection is not null;

    public void Prepare(string tenant, JobId id, DateTimeOffset now) => Job = new NewJob
    {
        Id = id,
        Queue = new QueueKey(tenant, Submission.Queue),
        Task = Task!.Reference,
        Priority = Submission.Priority,
        Input = Submission.Input,
        MaxAttempts = Submission.MaxAttempts ?? Task.Retry.MaxAttempts,
        CreatedAt = now,
        DueAt = Submission.RunAt > now ? Submission.RunAt : null,
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
    };

    public SubmitResult Answer()
    {
        if (Rejection is not null) return new SubmitResult { Rejection = Rejection };
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
        State = Job.State,
        Attempts = 0,
        MaxAttempts = Job.MaxAttempts,
        LostWorkers = 0,
        CreatedAt = Job.CreatedAt,
        DueAt = Job.DueAt,
        IdempotencyKey = Job.IdempotencyKey,
    };

    /// <summary>What must be the same when an idempotency key comes again: everything the client chose but the key itself.</summary>
    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string head = string.Join('\n', Submission.Task, Submission.Version, Submission.Queue, Submission.Priority, Submission.MaxAttempts, Submission.RunAt?.UtcTicks);
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        hash.AppendData([0]);
        hash.AppendData(Submission.Input);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
