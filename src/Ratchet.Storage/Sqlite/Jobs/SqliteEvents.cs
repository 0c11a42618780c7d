using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>Writes the event of a transition into the transaction that made it.</summary>
internal static class SqliteEvents
{
    public static void First(SqliteSession session, NewJob job) =>
        Add(session, job.CreatedAt, SqliteValues.Id(job.Id.Value), 0, job.Queue.Tenant, job.Transition.Name, null, job.State.Name(), job.Actor, null);

    /// <summary>Notes the transition, if a job was changed by it.</summary>
    /// <param name="attemptOffset">What to add to the attempts used up, to get the number of the attempt that this belongs to; null: one, if it was taken from a job that ran.</param>
    /// <param name="changed">Rows that the transition's statement changed: one, or none.</param>
    public static bool Changed(SqliteSession session, JobTransition transition, byte[] job, DateTimeOffset at, string actor, string? reason, int? attemptOffset, int changed)
    {
        if (changed == 0) return false;
        session.Execute("events.Note", job, SqliteValues.Time(at), SqliteValues.OrNull((object?)attemptOffset), transition.Name, actor, SqliteValues.OrNull(reason));
        return true;
    }

    public static void Add(
        SqliteSession session, DateTimeOffset at, byte[] job, int attempt, string tenant, string transition, string? from, string to, string actor, string? reason) =>
        session.Execute(
            "events.Add", SqliteValues.Time(at), job, attempt, tenant, transition, SqliteValues.OrNull(from), to, actor, SqliteValues.OrNull(reason));
}
