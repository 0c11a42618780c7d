using Npgsql;

namespace Ratchet.Storage.Postgres;

/// <summary>Reads one result set of a batch.</summary>
internal interface IAnswer
{
    Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel);
}

/// <summary>Which writes of one kind changed their row. A statement answers with the numbers, from 1, of those of its set that did.</summary>
internal sealed class PostgresChanges(int count)
{
    public bool[] Changed { get; } = count == 0 ? [] : new bool[count];

    /// <param name="members">The positions, among all writes of the kind, of those that the statement has.</param>
    public void Add(NpgsqlBatch batch, List<IAnswer> answers, NpgsqlBatchCommand command, int[] members)
    {
        batch.BatchCommands.Add(command);
        answers.Add(new Numbers(this, members));
    }

    private sealed class Numbers(PostgresChanges changes, int[] members) : IAnswer
    {
        public async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
        {
            while (await row.ReadAsync(cancel)) changes.Changed[members[row.GetInt64(0) - 1]] = true;
        }
    }
}
