using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Tasks;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests;

/// <summary>
/// What every store does, told once and run over each: <see cref="SqliteStoreTests"/>, <see cref="PostgresStoreTests"/>.
/// Tests share a database and keep apart by a tenant of their own.
/// </summary>
public abstract partial class StoreConformance<TDatabase>(StoreFixture<TDatabase> fixture) where TDatabase : TestDatabase, new()
{
    private readonly QueueKey queue = new($"tenant-{Guid.CreateVersion7():N}", "mail");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TDatabase Database => fixture.Database;
    private IJobStore Jobs => fixture.Store.Jobs;
    private ITaskStore Tasks => fixture.Store.Tasks;

    private Task<JobWriteOutcomes> WriteAsync(JobWrites writes) => Jobs.WriteAsync(writes, Cancel);

    private async Task<IReadOnlyList<InsertOutcome>> InsertAsync(params NewJob[] jobs) => (await WriteAsync(new JobWrites { Inserts = jobs })).Inserts;

    private async Task<IReadOnlyList<bool>> EndAsync(params AttemptEnd[] ends) => (await WriteAsync(new JobWrites { Ends = ends })).Ends;

    private async Task<IReadOnlyList<bool>> MoveAsync(params JobMove[] moves) => (await WriteAsync(new JobWrites { Moves = moves })).Moves;

    private async Task<IReadOnlyList<bool>> StartAsync(params AttemptStart[] starts) => (await WriteAsync(new JobWrites { Starts = starts })).Starts;

    private async Task<JobView> GetAsync(NewJob job) => await Jobs.GetAsync(job.Queue.Tenant, job.Id, Cancel) ?? throw new InvalidOperationException($"job {job.Id} is not there");

    private Task<IReadOnlyList<ExecutionView>> ExecutionsAsync(NewJob job) => Jobs.GetExecutionsAsync(job.Queue.Tenant, job.Id, Cancel);

    private async Task<NewJob> QueuedAsync(DateTimeOffset? created = null)
    {
        NewJob job = Make.Job(queue, created);
        await InsertAsync(job);
        return job;
    }

    /// <summary>The best of the lane in which all of <see cref="Make"/>'s jobs are.</summary>
    private Task<IReadOnlyList<ReadyJob>> ReadyAsync(int want) => Jobs.ReadReadyAsync(queue, [new LaneRead("echo", want)], Cancel);
}

public sealed class SqliteStoreTests(StoreFixture<SqliteDatabase> fixture) : StoreConformance<SqliteDatabase>(fixture), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresStoreTests(StoreFixture<PostgresDatabase> fixture) : StoreConformance<PostgresDatabase>(fixture), IClassFixture<StoreFixture<PostgresDatabase>>;
