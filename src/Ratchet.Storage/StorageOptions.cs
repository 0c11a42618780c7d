namespace Ratchet.Storage;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary><c>sqlite</c> (default; one node) or <c>postgresql</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>PostgreSQL: an Npgsql connection string. SQLite: left empty, the file is <c>ratchet.db</c> in <see cref="DataDirectory"/>.</summary>
    [SecretSetting]
    public string? ConnectionString { get; set; }

    /// <summary>Folder of the SQLite files; created when missing.</summary>
    public string DataDirectory { get; set; } = "ratchet-data";

    /// <summary>Writer loops of the journal on PostgreSQL, each with its own connection; 1 to 8. SQLite always has one.</summary>
    public int JournalWriters { get; set; } = 2;

    /// <summary>Most writes in one transaction of the journal; 1 to 10,000.</summary>
    public int JournalBatch { get; set; } = 2_000;

    /// <summary>Most writes that may wait in the journal before callers are held back; 1,000 to 1,000,000.</summary>
    public int JournalBacklog { get; set; } = 50_000;

    /// <summary>Longest that reading a list may take before it is given up, in seconds; 1 to 60.</summary>
    public int ListSeconds { get; set; } = 5;

    /// <exception cref="RatchetException">A value is out of its range; the message names the setting, the value and the range.</exception>
    public void Validate()
    {
        Require(nameof(JournalWriters), JournalWriters, 1, 8);
        Require(nameof(JournalBatch), JournalBatch, 1, 10_000);
        Require(nameof(JournalBacklog), JournalBacklog, 1_000, 1_000_000);
        Require(nameof(ListSeconds), ListSeconds, 1, 60);
    }

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new RatchetException($"{Section}:{name} is {value}; it must be from {least} to {most}.");
    }
}
