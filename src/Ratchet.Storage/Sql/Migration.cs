using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ratchet.Storage.Sql;

/// <summary>One numbered step of the schema: <c>0001_jobs.sql</c>.</summary>
internal sealed record Migration(int Number, string Name, string Text, string Checksum)
{
    /// <exception cref="FormatException">The file's name does not begin with a number.</exception>
    public static Migration Parse(string file, string text)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int number = int.Parse(name.AsSpan(0, Math.Max(0, name.IndexOf('_', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture);
        return new Migration(number, name, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}

/// <summary>A migration as the database remembers it.</summary>
internal readonly record struct AppliedMigration(int Number, string Name, string Checksum);

internal static class MigrationPlan
{
    /// <summary>What is left to apply, in order.</summary>
    /// <exception cref="MigrationException">What was applied is not what this program has.</exception>
    public static IReadOnlyList<Migration> Pending(IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied, string location)
    {
        var byNumber = known.ToDictionary(m => m.Number);
        foreach (AppliedMigration done in applied)
        {
            if (!byNumber.Remove(done.Number, out Migration? migration))
            {
                throw new MigrationException(
                    $"The database {location} has migration {done.Name}, which this program does not know: it was upgraded by a newer Ratchet. "
                    + "Run that version or a later one.");
            }
            if (migration.Checksum != done.Checksum)
            {
                throw new MigrationException(
                    $"Migration {migration.Name}.sql differs from the one that was applied to {location}. "
                    + "An applied migration must not change: restore the file and put the change into a new one.");
            }
        }
        return [.. byNumber.Values.OrderBy(m => m.Number)];
    }
}
