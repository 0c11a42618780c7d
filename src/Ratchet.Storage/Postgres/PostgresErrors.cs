using System.Net.Sockets;
using Npgsql;

namespace Ratchet.Storage.Postgres;

/// <summary>Tells errors of the way to the database from errors of the data. SQLSTATE classes: PostgreSQL manual, appendix A.</summary>
internal static class PostgresErrors
{
    /// <summary>The server cannot do it now, or did not answer: the same write may succeed later.</summary>
    public static bool IsUnavailable(Exception error) => error switch
    {
        PostgresException e => IsUnavailable(e.SqlState),
        NpgsqlException or SocketException or TimeoutException or IOException => true,
        _ => false,
    };

    // Classes: 08 connection, 28 and 3D a wrong login or database, 53 out of resources, 57 shutdown or cancelled, 58 and XX the server's own trouble.
    // Codes: 25006 a standby that takes no writes yet, 55006 a database that is being dropped or restored.
    private static bool IsUnavailable(string state) =>
        state[..2] is "08" or "28" or "3D" or "53" or "57" or "58" or "XX"
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.ObjectInUse;

    /// <summary>The server ended the transaction to resolve a conflict: nothing of it took effect, and it may be run again at once.</summary>
    public static bool IsConflict(PostgresException error) => error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>One sentence for people; never the connection string, which holds the password.</summary>
    public static StoreUnavailableException Unavailable(Exception error, string location)
    {
        string cause = error switch
        {
            PostgresException e => e.MessageText,
            { InnerException: TimeoutException } or TimeoutException => "it did not answer in time",
            { InnerException: SocketException e } => e.Message,
            _ => error.Message,
        };
        return new StoreUnavailableException($"The database {location} is not available: {cause.TrimEnd('.')}.", error);
    }
}
