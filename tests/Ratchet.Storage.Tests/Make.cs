using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tests;

/// <summary>Jobs and ends of jobs with all that does not matter to a test filled in.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TaskReference Echo = new("echo", "1.0.0", new string('a', 64));

    public static JobId Id() => new(Guid.CreateVersion7());

    public static NewJob Job(QueueKey queue, DateTimeOffset? created = null) => new()
    {
        Id = Id(),
        Queue = queue,
        Task = Echo,
        Priority = JobPriority.Normal,
        Input = Encoding.UTF8.GetBytes("""{"name":"Zoë 🦀"}"""),
        MaxAttempts = 3,
        CreatedAt = created ?? Noon,
    };

    public static NewJob[] Jobs(QueueKey queue, int count) => [.. Enumerable.Range(0, count).Select(i => Job(queue, Noon.AddMilliseconds(i)))];

    public static AttemptEnd Complete(NewJob job, long fence = 0, string output = "{\"ok\":true}") =>
        End(job, JobTransition.Complete, fence) with { Output = Encoding.UTF8.GetBytes(output), Failure = null };

    public static AttemptEnd Retry(NewJob job, DateTimeOffset due, long fence = 0) => End(job, JobTransition.Retry, fence) with { DueAt = due };

    public static AttemptEnd End(NewJob job, JobTransition transition, long fence = 0) => new()
    {
        Job = job.Id,
        Fence = fence,
        Transition = transition,
        Execution = Guid.CreateVersion7(),
        Attempt = 1,
        AttemptsUsed = 1,
        LostWorkers = 0,
        Node = "node-1",
        StartedAt = Noon.AddSeconds(1),
        FinishedAt = Noon.AddSeconds(2),
        Failure = new Failure(FailureKind.TaskError, "NetworkError", "the other side hung up"),
    };

    public static AttemptStart Start(NewJob job, long fence = 0, string node = "node-1") => new(job.Id, fence, node, Noon.AddSeconds(1));

    public static JobMove Move(NewJob job, JobTransition transition, long? fence = null) => new(job.Id, transition, Noon.AddMinutes(1), fence);
}
