using System.Collections.Frozen;
using System.Reflection;

namespace Ratchet.Storage.Sql;

/// <summary>The SQL texts of one database, read from the <c>.sql</c> files that are embedded in this assembly.</summary>
internal sealed class SqlTexts
{
    private const string NamePrefix = "-- name: ";
    private readonly FrozenDictionary<string, string> queries;
    private readonly string root;

    /// <param name="dialect">Folder under <c>sql/</c>: <c>postgresql</c> or <c>sqlite</c>.</param>
    public SqlTexts(string dialect)
    {
        root = $"sql/{dialect}/";
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string file, string text) in Read($"{root}queries/"))
        {
            foreach ((string name, string query) in Split(text)) found.Add($"{Path.GetFileNameWithoutExtension(file)}.{name}", query);
        }
        queries = found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public int Count => queries.Count;

    /// <summary>A query by its file and name: <c>jobs.Insert</c>.</summary>
    public string this[string name] =>
        queries.TryGetValue(name, out string? query) ? query : throw new KeyNotFoundException($"No query '{name}' in {root}queries.");

    /// <summary>The migrations of a folder under the dialect's, in the order of their numbers.</summary>
    public IReadOnlyList<Migration> Migrations(string folder = "migrations") =>
        [.. Read($"{root}{folder}/").Select(f => Migration.Parse(f.File, f.Text)).OrderBy(m => m.Number)];

    private static IEnumerable<(string File, string Text)> Read(string folder)
    {
        Assembly assembly = typeof(SqlTexts).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            string path = resource.Replace('\\', '/');
            if (!path.StartsWith(folder, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // A checkout with other line ends must not look like another migration.
            yield return (path[folder.Length..], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    private static IEnumerable<(string Name, string Query)> Split(string text)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(NamePrefix, StringComparison.Ordinal))
            {
                if (name is not null) yield return (name, string.Join('\n', lines).Trim());
                name = line[NamePrefix.Length..].Trim();
                lines.Clear();
            }
            else if (!line.StartsWith("--", StringComparison.Ordinal))
            {
                lines.Add(line);
            }
        }
        if (name is not null) yield return (name, string.Join('\n', lines).Trim());
    }
}
