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
    public void Whatever_happens_the_promises_are_kept()
    {
        var done = new Dictionary<string, int>();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(sequences).WithStartSize(10).WithEndSize(LongestSequence);
        Gen<int[]> sequence = Gen.Sized(size => Gen.Choose(0, MostArgument).ArrayOf(size));
        Check.One(config, Prop.ForAll(Arb.From(sequence, ArbMap.Default.ArbFor<int[]>().Shrinker), numbers => Run(numbers, done)));
        // Every operation took its part, or the property says little.
        Assert.Equal(12, done.Count);
    }

    private bool Run(int[] numbers, Dictionary<string, int> done)
    {
        IReadOnlyList<Violation> broken = Task.Run(() => RunAsync(numbers, done)).GetAwaiter().GetResult();
        return broken.Count == 0 ? true : throw new InvalidOperationException(string.Join('\n', broken));
    }

    private async Task<IReadOnlyList<Violation>> RunAsync(int[] numbers, Dictionary<string, int> done)
    {
        await using var world = new JobWorld(fixture.Store.Jobs);
        foreach (int number in numbers) await world.DoAsync(number);
        IReadOnlyList<Violation> broken = await world.RestAsync();
        foreach ((string operation, int times) in world.Done) done[operation] = done.GetValueOrDefault(operation) + times;
        return broken;
    }
}

public sealed class SqlitePromiseProperties(StoreFixture<SqliteDatabase> fixture) : PromiseProperties<SqliteDatabase>(fixture, sequences: 100), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresPromiseProperties(StoreFixture<PostgresDatabase> fixture) : PromiseProperties<PostgresDatabase>(fixture, sequences: 100), IClassFixture<StoreFixture<PostgresDatabase>>;
