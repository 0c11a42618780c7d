using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Schedules;

/// <summary>Schedules on a silo, over both databases. Each test has a schedule of its own; a test that moves the clock wakes its schedule, for timers run on real time.</summary>
public abstract partial class ScheduleGrainTests(SiloFixture silo) : IAsyncDisposable
{
    private static int made;
    private readonly ScheduleKey key = new(QueueKey.DefaultTenant, $"schedule-{Interlocked.Increment(ref made)}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IScheduleStore Store => silo.Store.Schedules;
    private IScheduleGrain Grain => silo.Grains.GetGrain<IScheduleGrain>(key.GrainKey);

    private ScheduleDefinition Definition => Make.Definition(key.Id);

    /// <summary>Jobs of this task wait 90 s for their second attempt, without taking a worker's time; a few steps of this interval stay below that.</summary>
    private ScheduleDefinition Slow => Definition with { Every = TimeSpan.FromSeconds(10), Job = new Submission { Task = "slow-retry", Input = "{}"u8.ToArray() } };

    /// <summary>The silo is shared: what is left would go on firing while other tests run.</summary>
    public async ValueTask DisposeAsync()
    {
        await Grain.DeleteAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<ScheduleView> CreateAsync(ScheduleDefinition definition)
    {
        ScheduleChange change = await Grain.CreateAsync(definition);
        Assert.True(change.Made);
        return change.Schedule;
    }

    private async Task<ScheduleRecord> RowAsync() => (await Store.GetAsync(key, Cancel))!;

    private async Task<IReadOnlyList<FireView>> FiresAsync() => await Store.Fires.ListAsync(key, null, 100, Cancel);

    /// <summary>The states of the fires, oldest first: <c>SUBMITTED SKIPPED</c>.</summary>
    private async Task<string> StatesAsync() => string.Join(' ', (await FiresAsync()).Reverse().Select(f => f.State.Name()));

    /// <summary>Moves the clock onto the schedule's next instant, and waits until it is decided.</summary>
    private async Task<DateTimeOffset> PassNextAsync()
    {
        DateTimeOffset next = (await RowAsync()).NextInstant!.Value;
        await PassAsync(next);
        return next;
    }

    private async Task PassAsync(DateTimeOffset until)
    {
        silo.Time.Advance(until - silo.Time.GetUtcNow() + TimeSpan.FromMilliseconds(5));
        await Grain.WakeAsync();
        await SiloFixture.UntilAsync($"{until:O} is decided", async () => await RowAsync() is var row && (row.NextInstant is null || row.NextInstant > until));
    }

    private Task UntilStatesAsync(string states) => SiloFixture.UntilAsync($"the fires are {states}", async () => await StatesAsync() == states);

    private async Task<JobView?> JobAsync(FireView fire) => await silo.Store.Jobs.GetAsync(key.Tenant, fire.Job!.Value, Cancel);

    private FireView Pending(DateTimeOffset instant) => new()
    {
        Instant = instant, Kind = FireKind.Scheduled, State = FireState.Pending, Job = JobId.New(silo.Time), RunAt = instant, DecidedAt = instant,
    };
}

[Collection("sqlite silo")]
public sealed class SqliteScheduleGrainTests(SqliteSilo silo) : ScheduleGrainTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresScheduleGrainTests(PostgresSilo silo) : ScheduleGrainTests(silo);
