namespace Ratchet.Execution.Fetch;

/// <summary>What a script's request may cost.</summary>
public sealed record FetchOptions
{
    /// <summary>From the call to the last byte of the answer; 100 ms to 10 min, default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the connection alone; 100 ms to 1 min, default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest body of an answer, in bytes after decompression; 1 KiB to 64 MiB, default 4 MiB.</summary>
    public int ResponseBytes { get; init; } = 4 << 20;

    /// <summary>Most redirects that are followed; 0 to 20, default 5.</summary>
    public int Redirects { get; init; } = 5;

    /// <summary>Most requests of a node at once, the others wait; 1 to 10,000, default 256.</summary>
    public int Concurrent { get; init; } = 256;

    /// <summary>Most requests of a node to one host and port at once, the others wait; 1 to 10,000, default 128.</summary>
    public int ConcurrentPerHost { get; init; } = 128;

    /// <summary>
    /// How often a request is made again whose method is idempotent (RFC 9110, 9.2.2) and which had no answer, or one of 502, 503 and 504, within its time;
    /// 0 to 5, default 2.
    /// </summary>
    public int Retries { get; init; } = 2;

    /// <summary>Bound of the random wait before the first of them, doubled for each further; 1 ms to 10 s, default 100 ms. A Retry-After of the answer goes before.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Part of the requests to a host that must fail for it to be left alone for a while; 0 never does, up to 1, default 0.5.</summary>
    public double BreakerRatio { get; init; } = 0.5;

    /// <summary>Requests to a host within <see cref="BreakerSampling"/> before that counts; 2 to 100,000, default 20.</summary>
    public int BreakerThroughput { get; init; } = 20;

    /// <summary>Time over which requests are counted; 0.5 s to 1 h, default 30 s.</summary>
    public TimeSpan BreakerSampling { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long such a host is left alone before one request may try; 0.5 s to 1 h, default 15 s.</summary>
    public TimeSpan BreakerBreak { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most requests of one execution, and the most that a task may ask for; 1 to 100,000, default 1,000.</summary>
    public int Calls { get; init; } = 1_000;

    /// <summary>Most requests of one execution at once, the others wait; and the most that a task may ask for; 1 to 256, default 32.</summary>
    public int ConcurrentPerRun { get; init; } = 32;

    /// <summary>Most bytes of bodies, sent and received, of one execution, and the most that a task may ask for; 1 KiB to 1 GiB, default 64 MiB.</summary>
    public int TotalBytes { get; init; } = 64 << 20;

    /// <summary>Hosts that tasks may call (<see cref="HostPattern"/>); none: all but the denied ones.</summary>
    public string[] AllowedHosts { get; init; } = [];

    /// <summary>Hosts that tasks may not call, allowed or not.</summary>
    public string[] DeniedHosts { get; init; } = [];

    /// <summary>Ports that tasks may call; none: all but those of protocols that are not HTTP's (Fetch standard, port blocking).</summary>
    public int[] AllowedPorts { get; init; } = [];

    /// <summary>Addresses and networks (CIDR) that are not public and that tasks may call all the same, such as 10.1.2.0/24; none by default.</summary>
    public string[] PrivateNetworks { get; init; } = [];

    /// <summary>Whether http is refused.</summary>
    public bool HttpsOnly { get; init; }

    /// <exception cref="RatchetException">A value is outside its range.</exception>
    public void Validate()
    {
        Range(nameof(Timeout), Timeout.TotalMilliseconds, 100, 600_000);
        Range(nameof(ConnectTimeout), ConnectTimeout.TotalMilliseconds, 100, 60_000);
        Range(nameof(ResponseBytes), ResponseBytes, 1 << 10, 64 << 20);
        Range(nameof(Redirects), Redirects, 0, 20);
        Range(nameof(Concurrent), Concurrent, 1, 10_000);
        Range(nameof(ConcurrentPerHost), ConcurrentPerHost, 1, 10_000);
        Range(nameof(Retries), Retries, 0, 5);
        Range(nameof(RetryDelay), RetryDelay.TotalMilliseconds, 1, 10_000);
        Range(nameof(BreakerRatio), BreakerRatio, 0, 1);
        Range(nameof(BreakerThroughput), BreakerThroughput, 2, 100_000);
        Range(nameof(BreakerSampling), BreakerSampling.TotalMilliseconds, 500, 3_600_000);
        Range(nameof(BreakerBreak), BreakerBreak.TotalMilliseconds, 500, 3_600_000);
        Range(nameof(Calls), Calls, 1, 100_000);
        Range(nameof(ConcurrentPerRun), ConcurrentPerRun, 1, 256);
        Range(nameof(TotalBytes), TotalBytes, 1 << 10, 1 << 30);
    }

    private static void Range(string name, double value, double least, double most)
    {
        if (value < least || value > most) throw new RatchetException($"Fetch option {name} is {value}; it must be between {least} and {most}.");
    }
}
