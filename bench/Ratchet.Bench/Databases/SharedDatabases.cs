using System.Text.Json;

namespace Ratchet.Bench.Databases;

/// <summary>Several databases for a process that uses them at once, by its environment.</summary>
public static class SharedDatabases
{
    private const string Variable = "RATCHET_BENCH_DATABASES";

    public static Dictionary<string, string?> Environment(IEnumerable<BenchDatabase> databases) => new() { [Variable] = JsonSerializer.Serialize(databases.Select(database => database.Settings)) };

    /// <summary>The settings of each, in the order in which they were given.</summary>
    /// <exception cref="RatchetException">There are none.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string?>> Read() =>
        JsonSerializer.Deserialize<List<Dictionary<string, string?>>>(System.Environment.GetEnvironmentVariable(Variable) ?? throw new RatchetException($"{Variable} is not set."))!;
}
