using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>Writes the event of a transition into the transaction that made it.</summary>
internal static class SqliteEvents
{
    public static void First(SqliteSession session, NewJob job) =>
        Add(session, job.CreatedAt, SqliteValues.Id(job.Id.Value), 0, job.Queue.Tenant, job.Transition.Name, null, job.State.Name(), job.Actor, null);

    /// <summary>Reads the one row that a changed job returns, if it was changed, and notes the transition.</summary>
    /// <param name="attemptOffset">What to add to the attempts used up, to get the number of the attempt that this belongs to.</param>
    public static bool Changed(
        SqliteSession session, JobTransition transition, byte[] job, DateTimeOffset at, string actor, string? reason, int attemptOffset, SqliteDataReader row)
    {
        string tenant, was;
        int attempts;
        using (row)
        {
            if (!row.Read()) return false;
            tenant = row.GetString(0);
            was = row.GetString(1);
            attempts = row.GetInt32(2);
            // The statement takes effect when it has been read to its end.
            row.Read();
        }

        Add(session, at, job, attempts + attemptOffset, tenant, transition.Name, was, transition.To[0].Name(), actor, reason);
        return true;
    }

    public static void Add(
        SqliteSession session, DateTimeOffset at, byte[] job, int attempt, string tenant, string transition, string? from, string to, string actor, string? reason) =>
        session.Execute(
            "events.Add", SqliteValues.Time(at), job, attempt, tenant, transition, SqliteValues.OrNull(from), to, actor, SqliteValues.OrNull(reason));
}
