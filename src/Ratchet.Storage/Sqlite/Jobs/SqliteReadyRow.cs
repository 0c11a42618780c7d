using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Json;
using Ratchet.Tasks;

namespace Ratchet.Storage.Sqlite;

/// <summary>A ready job as several queries return it: 16 columns in one order, then their own.</summary>
internal static class SqliteReadyRow
{
    public const int Columns = 16;

    public static ReadyJob Read(SqliteDataReader row) => new()
    {
        Id = new JobId(row.GetId(0)),
        Task = new TaskReference(row.GetString(1), row.GetString(2), row.GetString(3)),
        Priority = (JobPriority)row.GetInt32(4),
        ReadyAt = row.GetTime(5),
        Fence = row.GetInt64(6),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        Input = row.GetBytesOrNull(10),
        TraceParent = row.GetTextOrNull(11),
        Lane = row.GetString(12),
        Rank = row.GetTime(13),
        Deadline = row.GetTimeOrNull(14),
        Options = StorageJson.ReadOptions(row.GetTextOrNull(15)),
    };
}
