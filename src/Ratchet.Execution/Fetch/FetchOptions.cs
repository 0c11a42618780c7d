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
    }

    private static void Range(string name, double value, double least, double most)
    {
        if (value < least || value > most) throw new RatchetException($"Fetch option {name} is {value}; it must be between {least} and {most}.");
    }
}
