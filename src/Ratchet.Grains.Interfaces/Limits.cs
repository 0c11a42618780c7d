namespace Ratchet;

/// <summary>Every limit that is not a setting, in one place; <c>docs/guides/limits.md</c> lists them with those that are.</summary>
public static class Limits
{
    /// <summary>Largest input of one job, in bytes of UTF-8 JSON.</summary>
    public const int InputBytes = 1 << 20;

    /// <summary>Largest output of one execution, in bytes of UTF-8 JSON.</summary>
    public const int OutputBytes = 1 << 20;

    /// <summary>Deepest nesting of an input or output; deeper ones could not be read again by those who get it.</summary>
    public const int JsonDepth = 512;

    /// <summary>Inputs up to this size travel with the job in memory; larger ones are read from the store by the node that runs it.</summary>
    public const int InlineInputBytes = 16 << 10;

    /// <summary>Most jobs in one submit call.</summary>
    public const int SubmitBatch = 1_000;

    /// <summary>Largest body of a bulk submit that is one JSON array, in bytes. A stream of lines has no end, only lines that each have one.</summary>
    public const int BulkBytes = 32 << 20;

    /// <summary>Most jobs in such an array.</summary>
    public const int BulkItems = 50_000;

    /// <summary>Most log lines, and most bytes of log text, kept of one execution.</summary>
    public const int LogLines = 1_000;
    public const int LogBytes = 256 << 10;

    /// <summary>Most bytes of HTTP bodies in one recording; what goes beyond is not recorded.</summary>
    public const int RecordingBytes = 8 << 20;

    public const int FailureMessageChars = 8 << 10;
    public const int FailureStackChars = 16 << 10;

    /// <summary>Longest names of tasks, queues and keys, in characters.</summary>
    public const int NameChars = 200;

    /// <summary>Largest file of a task folder, and most tests in it.</summary>
    public const int TaskFileBytes = 4 << 20;
    public const int TaskTests = 1_000;

    /// <summary>Most attempts that a job may ask for.</summary>
    public const int MaxAttempts = 100;

    /// <summary>Lost workers after which a job is quarantined.</summary>
    public const int LostWorkers = 3;

    /// <summary>Most rows a list returns.</summary>
    public const int ListRows = 1_000;

    /// <summary>Most rows that a page leaves out before it begins, and most that are counted for a total.</summary>
    public const int ListOffset = 100_000;
    public const int CountedRows = 100_000;

    /// <summary>Most schedules of a tenant that a list looks through.</summary>
    public const int ListedSchedules = 10_000;

    /// <summary>Most events that are read from the store at once, and most that one page of the feed looks through for what its filter picks.</summary>
    public const int EventRead = 1_000;
    public const int EventsScanned = 20_000;

    /// <summary>Events that a gateway keeps in memory for those who follow them; whoever is further behind reads the store, and one who falls behind while he follows is told to come again.</summary>
    public const int EventRing = 16_384;

    /// <summary>Deepest nesting of a filter, most nodes of its tree, and most values that one condition compares with.</summary>
    public const int FilterDepth = 5;
    public const int FilterConditions = 50;
    public const int FilterValues = 100;

    /// <summary>Longest that a request may wait for a job's end (Prefer: wait), in seconds.</summary>
    public const int WaitSeconds = 300;

    /// <summary>Furthest that a job can be put off, in days.</summary>
    public const int DelayDays = 3_650;

    /// <summary>Largest count of a rate limit: the starts within one window are remembered one by one.</summary>
    public const int RateCount = 10_000;

    /// <summary>Largest concurrency limit.</summary>
    public const int ConcurrencyLimit = 1_000_000;

    /// <summary>Longest cron expression, in characters.</summary>
    public const int CronChars = 256;

    /// <summary>Most missed instants that a schedule catches up with.</summary>
    public const int CatchUp = 1_000;

    /// <summary>Most instants that a schedule fires at one wake; older ones of them count as missed.</summary>
    public const int FiresAtOnce = 1_000;

    /// <summary>Longest interval of a schedule, in days; the shortest is a second.</summary>
    public const int IntervalDays = 365;

    /// <summary>Most instants of a preview.</summary>
    public const int PreviewInstants = 1_000;

    /// <summary>How long what became of an instant is kept, in days.</summary>
    public const int FireDays = 90;

    /// <summary>Most instants of a backfill, most of its jobs a minute, and most backfills of a schedule that are not at an end.</summary>
    public const int BackfillInstants = 100_000;
    public const int BackfillPerMinute = 6_000;
    public const int OpenBackfills = 10;
}
