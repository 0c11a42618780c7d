using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal static class PostgresEnds
{
    /// <summary>The ends of one transition: the members of <paramref name="ends"/> at <paramref name="members"/>.</summary>
    public static NpgsqlBatchCommand Command(SqlTexts sql, JobTransition transition, IReadOnlyList<AttemptEnd> ends, int[] members) =>
        transition == JobTransition.Complete ? Complete(sql, ends, members) : Unsuccessful(sql, transition, ends, members);

    /// <summary>Outputs that equal jobs are given, of those ends that the statements before this one accepted. Most sets have none, and no statement for them.</summary>
    public static void AddKept(NpgsqlBatch batch, SqlTexts sql, IReadOnlyList<AttemptEnd> ends)
    {
        List<AttemptEnd>? kept = null;
        foreach (AttemptEnd end in ends) if (end.Keep is not null) (kept ??= []).Add(end);
        if (kept is null) return;
        var command = new NpgsqlBatchCommand(sql["cache.Keep"]);
        command.Parameters
            .With(kept.Select(e => e.Job.Value).ToArray())
            .With(kept.Select(e => e.Execution).ToArray())
            .With(kept.Select(e => e.Keep!.Key).ToArray())
            .With(kept.Select(e => e.Keep!.Until.UtcDateTime).ToArray());
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlBatchCommand Complete(SqlTexts sql, IReadOnlyList<AttemptEnd> ends, int[] members)
    {
        var command = new NpgsqlBatchCommand(sql["jobs.Complete"]);
        AddCommon(command.Parameters, ends, members)
            .WithTexts(Array.ConvertAll(members, i => ends[i].Output))
            .With(JobTransition.Complete.To[0].Name())
            .WithStates(JobTransition.Complete.From)
            .WithTexts(Array.ConvertAll(members, i => StorageJson.Write(ends[i].Log)));
        return command;
    }

    private static NpgsqlBatchCommand Unsuccessful(SqlTexts sql, JobTransition transition, IReadOnlyList<AttemptEnd> ends, int[] members)
    {
        JobState to = transition.To[0];
        var command = new NpgsqlBatchCommand(sql["jobs.End"]);
        AddCommon(command.Parameters, ends, members)
            .With(Array.ConvertAll(members, i => ends[i].Attempt))
            .With(Array.ConvertAll(members, i => ends[i].Outcome))
            .With(Array.ConvertAll(members, i => ends[i].DueAt?.UtcDateTime))
            .WithTexts(Array.ConvertAll(members, i => StorageJson.Write(ends[i].Failure)))
            .With(to.Name())
            .WithStates(transition.From)
            .With(to.IsTerminal())
            .WithTexts(Array.ConvertAll(members, i => StorageJson.Write(ends[i].Log)))
            .With(transition.Name)
            .With(Array.ConvertAll(members, i => ends[i].Reason))
            .With(Array.ConvertAll(members, i => ends[i].Actor));
        return command;
    }

    private static NpgsqlParameterCollection AddCommon(NpgsqlParameterCollection parameters, IReadOnlyList<AttemptEnd> ends, int[] members) => parameters
        .With(Array.ConvertAll(members, i => ends[i].Job.Value))
        .With(Array.ConvertAll(members, i => ends[i].Fence))
        .With(Array.ConvertAll(members, i => ends[i].Execution))
        .With(Array.ConvertAll(members, i => ends[i].AttemptsUsed))
        .With(Array.ConvertAll(members, i => ends[i].LostWorkers))
        .With(Array.ConvertAll(members, i => ends[i].Node))
        .With(Array.ConvertAll(members, i => ends[i].StartedAt.UtcDateTime))
        .With(Array.ConvertAll(members, i => ends[i].FinishedAt.UtcDateTime));
}
