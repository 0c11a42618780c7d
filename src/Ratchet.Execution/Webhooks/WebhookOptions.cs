namespace Ratchet.Execution.Webhooks;

/// <summary>Section <c>Webhooks</c>: how deliveries are made. Where they may go is section <c>Fetch</c>'s matter, as for scripts' requests.</summary>
public sealed record WebhookOptions
{
    public const string Section = "Webhooks";

    private static readonly TimeSpan[] DefaultDelays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    /// <summary>From the start of an attempt to the end of what is read of its answer; 1 s to 60 s, default 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For the connection alone; 100 ms to 1 min, default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits after failed attempts, in their order; after the last one the delivery is FAILED. At most 50, each up to 7 days. None given: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.
    /// </summary>
    public TimeSpan[] Delays { get; init; } = [];

    /// <summary>By how much of itself each wait is longer or shorter at random, so that many deliveries do not come back together; 0 to 0.5, default 0.1.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>How often the store is asked for new events while any webhook is enabled; 100 ms to 1 min, default 1 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most attempts of a node at once, the others wait; 1 to 10,000, default 64.</summary>
    public int Concurrent { get; init; } = 64;

    /// <summary>A webhook none of whose attempts has succeeded for so long is disabled when a delivery's attempts are used up; 0 never, up to 30 days, default 5 days.</summary>
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>A webhook for which more deliveries wait is disabled; 100 to 10,000,000, default 100,000.</summary>
    public int Backlog { get; init; } = 100_000;

    /// <summary>Keys, 32 bytes in base64 each, that secrets are sealed with in the store: the first seals, all open. None: secrets are stored as they are.</summary>
    [SecretSetting]
    public string[] EncryptionKeys { get; init; } = [];

    /// <summary>What <see cref="Delays"/> says, or the default.</summary>
    public IReadOnlyList<TimeSpan> Waits => Delays.Length > 0 ? Delays : DefaultDelays;

    /// <exception cref="RatchetException">A value is outside its range.</exception>
    public void Validate()
    {
        Range(nameof(Timeout), Timeout.TotalSeconds, 1, 60);
        Range(nameof(ConnectTimeout), ConnectTimeout.TotalMilliseconds, 100, 60_000);
        Range(nameof(Jitter), Jitter, 0, 0.5);
        Range(nameof(Poll), Poll.TotalMilliseconds, 100, 60_000);
        Range(nameof(Concurrent), Concurrent, 1, 10_000);
        Range(nameof(DisableAfter), DisableAfter.TotalDays, 0, 30);
        Range(nameof(Backlog), Backlog, 100, 10_000_000);
        Range($"{nameof(Delays)} (their number)", Delays.Length, 0, 50);
        foreach (TimeSpan delay in Delays) Range(nameof(Delays), delay.TotalDays, 0, 7);
    }

    private static void Range(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most)) throw new RatchetException($"{Section}:{name} is {value}; it must be between {least} and {most}.");
    }
}
