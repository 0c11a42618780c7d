using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Json;
using Ratchet.Tasks;

namespace Ratchet.Storage.Postgres;

/// <summary>A ready job as several queries return it: 16 columns in one order, then their own.</summary>
internal static class PostgresReadyRow
{
    public const int Columns = 16;

    public static ReadyJob Read(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        Task = new TaskReference(row.GetString(1), row.GetString(2), row.GetString(3)),
        Priority = (JobPriority)row.GetInt16(4),
        ReadyAt = row.GetFieldValue<DateTimeOffset>(5),
        Fence = row.GetInt64(6),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        Input = row.OrNull<byte[]>(10),
        TraceParent = row.OrNull<string>(11),
        Lane = row.GetString(12),
        Rank = row.GetFieldValue<DateTimeOffset>(13),
        Deadline = row.TimeOrNull(14),
        Options = StorageJson.ReadOptions(row.OrNull<string>(15)),
    };
}
