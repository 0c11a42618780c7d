using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tests.Lists;

/// <summary>Jobs of all kinds of one tenant: every state, keys, failures and names that a careless statement would stumble over.</summary>
internal sealed class ListWorld(IStore store)
{
    private static readonly string?[] Keys = [null, null, "a", "A", "a%b", "a_b", "it's", "\"q\"", "back\\slash", "🦀", "\uFFEE", "ä"];
    private readonly Random random = new(7);

    public string Tenant { get; } = $"tenant-{Guid.CreateVersion7():N}";

    public async Task FillAsync(int count, CancellationToken cancel)
    {
        for (int i = 0; i < count; i++)
        {
            NewJob job = Job(i);
            if (i % 7 == 3) await store.Unique.InsertUniqueAsync(job, new UniqueRule($"{Pick(Keys[2..])}{i}", null, UniqueConflict.Reject), cancel);
            else await store.Jobs.WriteAsync(new JobWrites { Inserts = [job] }, cancel);
            if (job.DueAt is null) await MoveOnAsync(job, i, cancel);
        }
    }

    private NewJob Job(int i) => Make.Job(new QueueKey(Tenant, Pick("default", "mail", "a%", "_x", "it's")!), Make.Noon.AddMilliseconds(random.Next(40))) with
    {
        Task = new TaskReference(Pick("echo", "Echo", "100%", "a_b", "it's", "ä")!, Pick("1.0.0", "1.10.0", "2.0.0-rc.1")!, new string('a', 64)),
        Priority = (JobPriority)random.Next(4),
        MaxAttempts = random.Next(1, 4),
        DueAt = i % 9 == 0 ? Make.Noon.AddHours(random.Next(3)) : null,
        Deadline = i % 4 == 0 ? Make.Noon.AddDays(random.Next(3)) : null,
        FairnessKey = Pick(Keys),
        ConcurrencyKey = Pick(Keys),
        RateKey = Pick(Keys),
        IdempotencyKey = i % 5 == 1 ? $"{Pick(Keys[2..])}-{i}" : null,
        Fingerprint = i % 5 == 1 ? new string('b', 64) : null,
    };

    private async Task MoveOnAsync(NewJob job, int i, CancellationToken cancel)
    {
        JobTransition? end = (i % 8) switch { 0 => JobTransition.Complete, 1 => JobTransition.Complete, 2 => JobTransition.Fail, 3 => JobTransition.Retry, 4 => JobTransition.Quarantine, _ => null };
        string node = Pick("node-1", "node-1@127.0.0.1:11111:153243", "a@b@10.0.0.1:1:2", "A%@10.0.0.1:1:2")!;
        if (end is { } transition)
        {
            AttemptEnd ended = Make.End(job, transition) with { Node = node, StartedAt = Make.Noon.AddSeconds(random.Next(3)), FinishedAt = Make.Noon.AddSeconds(3 + random.Next(3)) };
            ended = transition == JobTransition.Complete
                ? ended with { Failure = null, Output = "1"u8.ToArray() }
                : ended with { Failure = new Failure((FailureKind)random.Next(9), Pick("TypeError", "it's", "a\"b", "back\\slash", "100%", "🦀")!, "a \0 b? no: 'c'".Replace("\0", "", StringComparison.Ordinal)) };
            if (transition == JobTransition.Retry) ended = ended with { DueAt = Make.Noon.AddMinutes(random.Next(5)) };
            await store.Jobs.WriteAsync(new JobWrites { Ends = [ended] }, cancel);
        }
        else if (i % 8 == 5) await store.Jobs.WriteAsync(new JobWrites { Starts = [Make.Start(job, node: node)] }, cancel);
        else if (i % 8 == 6) await store.Jobs.WriteAsync(new JobWrites { Moves = [Make.Move(job, JobTransition.Cancel)] }, cancel);
    }

    private string? Pick(params string?[] of) => of[random.Next(of.Length)];
}
