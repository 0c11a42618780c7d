using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal static class PostgresMoves
{
    /// <summary>The moves of one transition: the members of <paramref name="moves"/> at <paramref name="members"/>.</summary>
    public static NpgsqlBatchCommand Command(SqlTexts sql, JobTransition transition, IReadOnlyList<JobMove> moves, int[] members)
    {
        JobState to = transition.To[0];
        var command = new NpgsqlBatchCommand(sql["jobs.Move"]);
        command.Parameters
            .With(Array.ConvertAll(members, i => moves[i].Job.Value))
            .With(Array.ConvertAll(members, i => moves[i].Fence))
            .With(Array.ConvertAll(members, i => moves[i].At.UtcDateTime))
            .With(to.Name())
            .With(to.IsTerminal())
            .WithStates(transition.From)
            .With(transition == JobTransition.Redrive)
            .With(JobPriorities.Ageing)
            .With(transition.Name)
            .With(Array.ConvertAll(members, i => moves[i].Actor))
            .With(Array.ConvertAll(members, i => moves[i].Reason));
        return command;
    }
}
