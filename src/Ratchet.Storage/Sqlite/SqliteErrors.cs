using Microsoft.Data.Sqlite;

namespace Ratchet.Storage.Sqlite;

/// <summary>Tells errors of the file and its disk from errors of the data. Codes: sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    private const int Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Auth = 23;
    private const int NotADatabase = 26;

    public static bool IsUnavailable(Exception error) => error switch
    {
        SqliteException e => e.SqliteErrorCode is Permission or Busy or Locked or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or Auth
            or NotADatabase,
        IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>One sentence that says what is wrong and, where it is known, what to do.</summary>
    public static StoreUnavailableException Unavailable(Exception error, string path)
    {
        string cause = error is not SqliteException e ? error.Message.TrimEnd('.') : e.SqliteErrorCode switch
        {
            Busy or Locked => "another process holds its lock; only one silo may use an SQLite store",
            ReadOnly or Permission or Auth => "it may not be written; check the permissions of the file and its folder",
            Full => "the disk is full",
            CannotOpen => "it cannot be opened; check that the folder exists and may be written",
            NotADatabase => "the file is not an SQLite database; move it away or choose another Storage:DataDirectory",
            Corrupt => "the file is damaged; restore it from a backup",
            _ => e.Message.TrimEnd('.'),
        };
        return new StoreUnavailableException($"The store {path} is not available: {cause}.", error);
    }
}
