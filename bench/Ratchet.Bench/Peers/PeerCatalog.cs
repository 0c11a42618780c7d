namespace Ratchet.Bench.Peers;

/// <summary>
/// Which peers are measured how. Each runs at its defaults and at the best settings found on two cores; slow ones get fewer jobs, for a rate does not depend on
/// how long it is watched.
/// </summary>
public static class PeerCatalog
{
    public const string Graphile = "graphile-worker";
    public const string PgBoss = "pg-boss";
    public const string BullMq = "bullmq";
    public const string Hangfire = "hangfire";

    public static readonly IReadOnlyList<string> Names = [Graphile, PgBoss, BullMq, Hangfire];

    private const string Postgres = "PostgreSQL";
    private const string EverySecond = "Redis, AOF every second";
    private const string Always = "Redis, AOF always";

    private static readonly object GraphileTuned = new { PoolSize = 20, Concurrency = 24, LocalQueue = 500 };

    public static IReadOnlyList<PeerRun> Pipeline { get; } =
    [
        new(Graphile, "pipeline", "default: concurrency 1", Postgres, 1_500, 3, new { PoolSize = 10 }),
        new(Graphile, "pipeline", "concurrency 24", Postgres, 3_000, 3, new { PoolSize = 20, Concurrency = 24 }),
        new(Graphile, "pipeline", "concurrency 24, localQueue 500, batched completion", Postgres, 50_000, 5, GraphileTuned),
        new(Graphile, "pipeline", "the same, enqueueing while it works", Postgres, 50_000, 5, GraphileTuned, Overlap: true),
        // Its default takes one job every two seconds, whatever the machine.
        new(PgBoss, "pipeline", "default: work()", Postgres, 4, 2, new { PoolSize = 10 }),
        new(PgBoss, "pipeline", "fetch and complete 100 at a time, 8 loops", Postgres, 20_000, 3, new { PoolSize = 20, FetchBatch = 100, Loops = 8 }),
        new(PgBoss, "pipeline", "fetch and complete 1,000 at a time, 1 loop", Postgres, 20_000, 3, new { PoolSize = 20, FetchBatch = 1000, Loops = 1 }),
        new(BullMq, "pipeline", "default: concurrency 1", EverySecond, 5_000, 3, new { Appendfsync = "everysec" }),
        new(BullMq, "pipeline", "concurrency 100", EverySecond, 20_000, 3, BullMqTuned("everysec")),
        new(BullMq, "pipeline", "the same, enqueueing while it works", EverySecond, 20_000, 3, BullMqTuned("everysec"), Overlap: true),
        new(BullMq, "pipeline", "concurrency 100, enqueueing while it works", Always, 20_000, 3, BullMqTuned("always"), Overlap: true),
        new(Hangfire, "pipeline", "default", Postgres, 400, 3, new { }) { Submitters = 16 },
        new(Hangfire, "pipeline", "20 workers, long polling", Postgres, 400, 3, new { WorkerCount = 20, PollMilliseconds = 200 }) { Submitters = 16 },
    ];

    public static IReadOnlyList<PeerRun> Single { get; } =
    [
        new(Graphile, "submit", "64 calls under way, concurrency 24", Postgres, 2_000, 3, new { PoolSize = 40, Concurrency = 24 }),
        new(BullMq, "submit", "64 calls under way, concurrency 100", EverySecond, 10_000, 3, BullMqTuned("everysec")),
        new(BullMq, "submit", "64 calls under way, concurrency 100", Always, 10_000, 3, BullMqTuned("always")),
    ];

    public static IReadOnlyList<PeerRun> Latency { get; } =
    [
        new(Graphile, "latency", "default", Postgres, 300, 1, new { PoolSize = 10 }),
        new(BullMq, "latency", "default", EverySecond, 300, 1, new { Appendfsync = "everysec" }),
        new(BullMq, "latency", "default", Always, 300, 1, new { Appendfsync = "always" }),
    ];

    private static object BullMqTuned(string appendfsync) => new { Appendfsync = appendfsync, Concurrency = 100 };
}
