using FsCheck;
using FsCheck.Fluent;
using Ratchet.History;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests.Properties;

/// <summary>
/// The promises as a property: whatever is done to jobs, in whatever order, with a store that fails, delays or loses answers, and with crashes between any two writes,
/// the history keeps them. A failing sequence is printed, shrunk to the shortest that still fails.
/// </summary>
public abstract class PromiseProperties<TDatabase>(StoreFixture<TDatabase> fixture, int sequences) where TDatabase : TestDatabase, new()
{
    private const int LongestSequence = 120;
    private const int MostArgument = 1 << 16;

    [Fact]
    public async Task Whatever_happens_the_promises_are_kept()
    {
        var done = new Dictionary<string, int>();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(sequences).WithStartSize(10).WithEndSize(LongestSequence);
        Gen<int[]> sequence = Gen.Sized(size => Gen.Choose(0, MostArgument).ArrayOf(size));
        Property property = Prop.ForAll(Arb.From(sequence, ArbMap.Default.ArbFor<int[]>().Shrinker), numbers => RunAsync(numbers, done));
        // The property is asynchronous, but FsCheck 3.6 has only a Check.One that blocks until it is done: not on a thread that the test's continuations need.
        await Task.Run(() => Check.One(config, property), TestContext.Current.CancellationToken);
        // Every operation took its part, or the property says little.
        Assert.Equal(12, done.Count);
    }

    private async Task RunAsync(int[] numbers, Dictionary<string, int> done)
    {
        await using var world = new JobWorld(fixture.Store.Jobs);
        foreach (int number in numbers) await world.DoAsync(number);
        IReadOnlyList<Violation> broken = await world.RestAsync();
        foreach ((string operation, int times) in world.Done) done[operation] = done.GetValueOrDefault(operation) + times;
        if (broken.Count > 0) throw new InvalidOperationException(string.Join('\n', broken));
    }
}

public sealed class SqlitePromiseProperties(StoreFixture<SqliteDatabase> fixture) : PromiseProperties<SqliteDatabase>(fixture, sequences: 100), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresPromiseProperties(StoreFixture<PostgresDatabase> fixture) : PromiseProperties<PostgresDatabase>(fixture, sequences: 100), IClassFixture<StoreFixture<PostgresDatabase>>;
