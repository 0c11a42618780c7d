using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Journal;

namespace Ratchet.Storage.Tests.Properties;

/// <summary>
/// Clients, queues, nodes and operators around one journal, all in one: does what it is told by numbers, is hurt and killed between any two writes, and remembers
/// what it was answered.
/// </summary>
internal sealed class JobWorld : IAsyncDisposable
{
    private const int Keys = 3;

    /// <summary>Few jobs, so that what is done to them meets.</summary>
    private const int MostJobs = 6;
    private readonly IJobStore store;
    private readonly QueueKey queue = new($"world-{Guid.CreateVersion7():N}", "q");
    private readonly HurriedTime time = new();
    private readonly List<JobId> submitted = [];
    private readonly HashSet<JobId> acknowledged = [];
    private readonly List<(string Key, JobId Job)> keys = [];
    private readonly List<(ReadyJob Job, Guid Execution, DateTimeOffset At)> attempts = [];
    private readonly List<(JobId Job, Guid Execution)> accepted = [];
    private readonly Dictionary<JobId, long> tokens = [];
    private readonly List<Violation> violations = [];
    private Hurt hurt;
    private JobJournal journal;

    public JobWorld(IJobStore store)
    {
        this.store = store;
        (hurt, journal) = Start();
    }

    /// <summary>How often each operation was done, for a test that wants to know that it tests something.</summary>
    public Dictionary<string, int> Done { get; } = [];

    public async Task DoAsync(int number)
    {
        Func<int, Task>[] operations =
            [SubmitAsync, SubmitAsync, SubmitWithKeyAsync, HandOutAsync, HandOutAsync, EndAsync, EndAsync, EndAsync, StartAsync, CancelAsync, PromoteAsync, RedriveAsync, ExpireAsync, ReleaseAsync, HurtAsync, CrashAsync];
        int choice = Math.Abs(number % operations.Length);
        Done[operations[choice].Method.Name] = Done.GetValueOrDefault(operations[choice].Method.Name) + 1;
        await operations[choice](Math.Abs(number / operations.Length));
    }

    /// <summary>All is healed and goes on until every job is at an end; then the promises are checked.</summary>
    public async Task<IReadOnlyList<Violation>> RestAsync()
    {
        hurt.Heal();
        while (attempts.Count > 0) await EndAsync(0);
        while (await UnfinishedAsync() > 0)
        {
            // Every node has been started anew.
            await store.ReleaseLostAsync(queue, ["new"], time.GetUtcNow(), 100, Cancel);
            await store.PromoteDueAsync(queue, Make.Noon.AddYears(50), 100, Cancel);
            foreach (ReadyJob job in await ReadyAsync()) await EndAsync(job, Guid.CreateVersion7(), time.GetUtcNow(), JobTransition.Complete);
        }

        IReadOnlyList<JobHistory> histories = await HistoryReader.ReadAsync(store, queue.Tenant, submitted, Cancel);
        IReadOnlyList<Violation> broken = HistoryChecker.Check(histories, new Expectations { Acknowledged = acknowledged, Keys = keys });
        return [.. violations, .. broken, .. Accepted(histories)];
    }

    public async ValueTask DisposeAsync() => await journal.DisposeAsync();

    private static CancellationToken Cancel => CancellationToken.None;

    /// <summary>An end that was answered with 'accepted' is in the history.</summary>
    private IEnumerable<Violation> Accepted(IReadOnlyList<JobHistory> histories)
    {
        Dictionary<JobId, HashSet<Guid>> recorded = histories.ToDictionary(h => h.Job.Id, h => h.Executions.Select(e => e.Id).ToHashSet());
        return accepted.Where(a => !recorded[a.Job].Contains(a.Execution)).Select(a => new Violation(3, a.Job, $"attempt {a.Execution} was accepted and is not recorded"));
    }

    private (Hurt, JobJournal) Start()
    {
        var wounded = new Hurt(store);
        return (wounded, new JobJournal(wounded.Store, writers: 2, batch: 50, capacity: 1_000, time, NullLogger.Instance, () => 0.5));
    }

    private Task SubmitAsync(int argument) => SubmitAsync(Make.Job(queue, time.GetUtcNow()) with { DueAt = argument % 3 == 0 ? time.GetUtcNow().AddSeconds(argument) : null });

    /// <summary>A client that repeats itself, each time with another id and the same key.</summary>
    private Task SubmitWithKeyAsync(int argument)
    {
        string key = $"key-{argument % Keys}";
        return SubmitAsync(Make.Job(queue, time.GetUtcNow()) with { IdempotencyKey = key, Fingerprint = "f" });
    }

    private async Task SubmitAsync(NewJob job)
    {
        if (submitted.Count >= MostJobs && job.IdempotencyKey is null) return;
        submitted.Add(job.Id);
        try
        {
            InsertOutcome outcome = (await journal.InsertAsync([job], Cancel))[0];
            JobId answered = outcome.Existing ?? job.Id;
            acknowledged.Add(answered);
            if (job.IdempotencyKey is { } key) keys.Add((key, answered));
        }
        catch (StoreUnavailableException)
        {
            // The client was told that nothing is known; the job may be there or not.
        }
    }

    /// <summary>Any ready job, also one that is out already, as two activations of a queue might do for a moment.</summary>
    private async Task HandOutAsync(int argument)
    {
        IReadOnlyList<ReadyJob> ready = await ReadyAsync();
        if (ready.Count > 0) attempts.Add((ready[argument % ready.Count], Guid.CreateVersion7(), time.GetUtcNow()));
    }

    private async Task StartAsync(int argument)
    {
        if (attempts.Count == 0) return;
        (ReadyJob job, _, DateTimeOffset at) = attempts[argument % attempts.Count];
        try
        {
            await hurt.Store.WriteAsync(new JobWrites { Starts = [new AttemptStart(job.Id, job.Fence, argument % 2 == 0 ? "alive" : "dead", at)] }, Cancel);
        }
        catch (StoreUnavailableException)
        {
            // Starts may be lost.
        }
    }

    private async Task EndAsync(int argument)
    {
        if (attempts.Count == 0) return;
        int chosen = argument % attempts.Count;
        (ReadyJob job, Guid execution, DateTimeOffset at) = attempts[chosen];
        // Now and then the same end is given again later: whoever gave it had no answer.
        if (argument % 5 != 4) attempts.RemoveAt(chosen);
        JobTransition[] ways = [JobTransition.Complete, JobTransition.Complete, JobTransition.Retry, JobTransition.Fail, JobTransition.Release, JobTransition.Quarantine];
        // By the execution, so that what is given again is the same.
        await EndAsync(job, execution, at, ways[(execution.GetHashCode() & int.MaxValue) % ways.Length]);
    }

    private async Task EndAsync(ReadyJob job, Guid execution, DateTimeOffset at, JobTransition way)
    {
        DateTimeOffset now = time.GetUtcNow();
        var end = new AttemptEnd
        {
            Job = job.Id,
            Fence = job.Fence,
            Transition = way,
            Execution = execution,
            Attempt = job.Attempts + 1,
            AttemptsUsed = job.Attempts + 1,
            LostWorkers = 0,
            Node = "alive",
            StartedAt = at,
            FinishedAt = now,
            Output = way == JobTransition.Complete ? Encoding.UTF8.GetBytes("{}") : null,
            Failure = way == JobTransition.Complete ? null : new Failure(way == JobTransition.Release ? FailureKind.WorkerLost : FailureKind.TaskError, "Error", "no"),
            DueAt = way == JobTransition.Retry ? now.AddSeconds(1) : null,
        };
        // Given again after it was accepted, it is accepted again; the first time it must come before anybody saw the job under a later token.
        bool stale = tokens.GetValueOrDefault(job.Id) > job.Fence && !accepted.Contains((job.Id, execution));
        if (!(await journal.EndAsync([end], Cancel))[0]) return;
        accepted.Add((job.Id, execution));
        if (stale) violations.Add(new Violation(3, job.Id, $"a result under token {job.Fence} was accepted after the job was seen under {tokens[job.Id]}"));
    }

    private Task CancelAsync(int argument) => MoveAsync(argument, JobTransition.Cancel);

    private Task RedriveAsync(int argument) => MoveAsync(argument, JobTransition.Redrive);

    private Task ExpireAsync(int argument) => MoveAsync(argument, JobTransition.Expire);

    private async Task MoveAsync(int argument, JobTransition transition)
    {
        if (submitted.Count > 0) await journal.MoveAsync([new JobMove(submitted[argument % submitted.Count], transition, time.GetUtcNow())], Cancel);
    }

    private async Task PromoteAsync(int argument) => await store.PromoteDueAsync(queue, time.GetUtcNow().AddSeconds(argument), 1 + (argument % 3), Cancel);

    private async Task ReleaseAsync(int argument) => await store.ReleaseLostAsync(queue, ["alive"], time.GetUtcNow(), 1 + (argument % 3), Cancel);

    private Task HurtAsync(int argument)
    {
        hurt.Add((Blow)(argument % 3));
        return Task.CompletedTask;
    }

    /// <summary>The process goes, with whatever its journal had; the attempts of its node are lost, or end in another that took over.</summary>
    private async Task CrashAsync(int argument)
    {
        hurt.Kill();
        JobJournal old = journal;
        (hurt, journal) = Start();
        await old.DisposeAsync();
        if (argument % 2 == 0) attempts.Clear();
    }

    private async Task<IReadOnlyList<ReadyJob>> ReadyAsync()
    {
        IReadOnlyList<ReadyJob> ready = await store.ReadReadyAsync(queue, [new LaneRead("echo", 100)], Cancel);
        foreach (ReadyJob job in ready) tokens[job.Id] = Math.Max(job.Fence, tokens.GetValueOrDefault(job.Id));
        return ready;
    }

    private async Task<long> UnfinishedAsync() => (await store.CountByStateAsync(queue, Cancel)).Where(c => !c.Key.IsTerminal()).Sum(c => c.Value);
}
