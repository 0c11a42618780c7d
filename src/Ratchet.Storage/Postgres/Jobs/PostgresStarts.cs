using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal static class PostgresStarts
{
    public static NpgsqlBatchCommand Command(SqlTexts sql, IReadOnlyList<AttemptStart> starts)
    {
        var command = new NpgsqlBatchCommand(sql["jobs.Start"]);
        command.Parameters
            .With(starts.Select(s => s.Job.Value).ToArray())
            .With(starts.Select(s => s.Fence).ToArray())
            .With(starts.Select(s => s.Node).ToArray())
            .With(starts.Select(s => s.At.UtcDateTime).ToArray())
            .With(JobTransition.Start.To[0].Name())
            .WithStates(JobTransition.Start.From);
        return command;
    }
}
