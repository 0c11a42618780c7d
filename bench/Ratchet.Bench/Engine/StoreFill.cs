using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Configuration;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Journal;
using Ratchet.Tasks;

namespace Ratchet.Bench.Engine;

/// <summary>Queues jobs while no silo runs, so that they stay queued: by the journal, as a silo would.</summary>
public static class StoreFill
{
    private static readonly byte[] Input = """{"num1":5,"num2":10}"""u8.ToArray();

    public static async Task QueueAsync(EnginePlan plan)
    {
        // A silo's start stores the tasks, and tells which version a job would run.
        TaskReference task;
        await using (BenchSilo silo = await BenchSilo.StartAsync(new Dictionary<string, string?>()))
        {
            task = await silo.TaskAsync();
        }

        LoadedSettings settings = BenchSilo.Load(new Dictionary<string, string?>());
        await using IStore store = await SiloStart.OpenStoreAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        await using JobJournal journal = StoreFactory.CreateJournal(store, settings.Get<StorageOptions>(StorageOptions.Section), TimeProvider.System, NullLoggerFactory.Instance);
        int left = plan.Jobs;
        await Task.WhenAll(Enumerable.Range(0, plan.Submitters).Select(async _ =>
        {
            while (true)
            {
                int rest = Interlocked.Add(ref left, -plan.Batch);
                int size = Math.Min(plan.Batch, rest + plan.Batch);
                if (size <= 0) return;
                await journal.InsertAsync([.. Enumerable.Range(0, size).Select(_ => Job(task))], CancellationToken.None);
            }
        }));
    }

    private static NewJob Job(TaskReference task) => new()
    {
        Id = JobId.New(TimeProvider.System),
        Queue = QueueKey.Default,
        Task = task,
        Priority = JobPriority.Normal,
        Input = Input,
        MaxAttempts = 3,
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };
}
