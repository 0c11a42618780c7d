using System.Net;
using Ratchet.Tasks;

namespace Ratchet.Execution.Fetch;

/// <summary>
/// Where scripts' requests may go. The one place that decides it: each request and each redirect asks with its URL, each connection with the address that it
/// is about to be made to, after the name was resolved. So it does not matter how an address is written or what a name resolves to a moment later.
/// </summary>
public sealed class FetchPolicy
{
    /// <summary>Ports of protocols whose servers take what a request looks like for commands (Fetch standard, 2.9 Port blocking).</summary>
    private static readonly HashSet<int> BadPorts =
    [
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139,
        143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
        3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    ];

    private readonly HostPattern[] allowed;
    private readonly HostPattern[] denied;
    private readonly IPNetwork[] networks;
    private readonly HashSet<int> ports;
    private readonly bool httpsOnly;

    /// <param name="callers">Whose requests these are, for messages.</param>
    /// <exception cref="RatchetException">A pattern, network or port is none; the message names it.</exception>
    public FetchPolicy(FetchOptions options, string callers = "tasks")
    {
        ArgumentNullException.ThrowIfNull(options);
        Callers = callers;
        allowed = [.. options.AllowedHosts.Select(h => Pattern(nameof(FetchOptions.AllowedHosts), h))];
        denied = [.. options.DeniedHosts.Select(h => Pattern(nameof(FetchOptions.DeniedHosts), h))];
        networks = [.. options.PrivateNetworks.Select(Network)];
        ports = [.. options.AllowedPorts];
        if (ports.FirstOrDefault(p => p is < 1 or > 65_535) is not 0 and var port) throw new RatchetException($"Fetch option AllowedPorts has {port}; a port is from 1 to 65535.");
        httpsOnly = options.HttpsOnly;
    }

    internal string Callers { get; }

    /// <param name="task">What the task itself asks to be held to; null when it does not.</param>
    /// <exception cref="FetchException">It may not be asked for; says why.</exception>
    public void Check(Uri url, FetchRules? task)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Scheme is not ("http" or "https")) throw Refused($"'{url}': only http and https can be fetched");
        if (httpsOnly && url.Scheme != "https") throw Refused($"'{url}': only https may be fetched here");
        if (ports.Count > 0 ? !ports.Contains(url.Port) : BadPorts.Contains(url.Port)) throw Refused($"port {url.Port} of {url.IdnHost} is not one that {Callers} may call");
        string host = url.IdnHost;
        if (Matches(denied, host) || (allowed.Length > 0 && !Matches(allowed, host))) throw Refused($"{host} is not a host that {Callers} may call");
        if (task is null) return;
        if (Matches(task.Deny, host) || (task.Allow.Count > 0 && !Matches(task.Allow, host)))
            throw Refused($"{host} is not a host that this task may call: see 'fetch' in its metadata");
    }

    /// <summary>Whether a connection may be made to an address.</summary>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = PublicAddresses.Plain(address);
        return PublicAddresses.Contains(plain) || Array.Exists(networks, network => network.Contains(plain));
    }

    internal static FetchException Refused(string reason) => new(FetchException.Network, reason + ".");

    private static bool Matches(HostPattern[] patterns, string host) => Array.Exists(patterns, pattern => pattern.Matches(host));

    private static bool Matches(IReadOnlyList<string> patterns, string host) => patterns.Any(text => HostPattern.TryParse(text, out HostPattern pattern) && pattern.Matches(host));

    private static HostPattern Pattern(string option, string text) =>
        HostPattern.TryParse(text, out HostPattern pattern) ? pattern : throw new RatchetException($"Fetch option {option} has '{text}', which is not a host, '*.' and a domain, or '*'.");

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out IPNetwork network)) return network;
        if (IPAddress.TryParse(text, out IPAddress? single)) return new IPNetwork(single, single.GetAddressBytes().Length * 8);
        throw new RatchetException($"Fetch option PrivateNetworks has '{text}', which is not an address or a network like 10.0.0.0/8.");
    }
}
