using System.Globalization;
using System.Net;
using Ratchet.Clients;
using Ratchet.Configuration;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.Protection;

/// <summary>The settings of <see cref="GatewayOptions"/>, read and checked.</summary>
internal sealed class ProtectionSettings
{
    private const int MostCount = 1_000_000;
    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWindow = TimeSpan.FromDays(1);

    private readonly bool limitsLoopback;

    /// <exception cref="SettingsException">A value is none that the setting can have.</exception>
    public ProtectionSettings(GatewayOptions options)
    {
        RequestTimeout = Within(options.RequestTimeout, LeastWindow, TimeSpan.FromHours(1), nameof(options.RequestTimeout));
        MaxConnections = Within(options.MaxConnections, 1, 1_000_000, nameof(options.MaxConnections));
        MaxConnectionsPerAddress = Within(options.MaxConnectionsPerAddress, 1, 1_000_000, nameof(options.MaxConnectionsPerAddress));
        Hsts = Within(options.Hsts, TimeSpan.Zero, TimeSpan.FromDays(3_650), nameof(options.Hsts));
        Rate = RateOf(options.RateLimit);
        limitsLoopback = options.RateLimitLoopback;
        Proxies = [.. options.TrustedProxies.Select(NetworkOf)];
        Origins = [.. options.CorsOrigins.Select(OriginOf)];
        Compression = options.Compression;
        Docs = options.Docs;
    }

    public TimeSpan RequestTimeout { get; }
    public int MaxConnections { get; }
    public int MaxConnectionsPerAddress { get; }
    public TimeSpan Hsts { get; }
    public IReadOnlyList<IPNetwork> Proxies { get; }
    public string[] Origins { get; }
    public bool Compression { get; }
    public bool Docs { get; }

    /// <summary>Null when nobody is limited.</summary>
    public ClientRate? Rate { get; }

    /// <summary>Whether requests from there count against a rate: a Unix socket has no address, and what runs on this machine is its owner's.</summary>
    public bool Limits(IPAddress? address) => address is not null && (limitsLoopback || !IPAddress.IsLoopback(address));

    /// <summary>Whether pages of an origin may call: by CORS, and by WebSockets, for which browsers ask nobody.</summary>
    public bool MayCall(string origin) => Origins.Contains("*") || Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    public bool Trusts(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return Proxies.Any(network => network.Contains(address));
    }

    private static ClientRate? RateOf(string text)
    {
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase)) return null;
        string[] parts = text.Split('/', 2, StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MostCount
            && Durations.TryParse(parts[1], out TimeSpan window) && window >= LeastWindow && window <= MostWindow && window.Ticks % TimeSpan.TicksPerSecond == 0)
            return new ClientRate(count, window);
        throw Wrong(nameof(GatewayOptions.RateLimit), text, $"off, or 1 to {MostCount} requests within whole seconds from 1 s to 1 day, such as 1000/1s or 600/1m");
    }

    private static IPNetwork NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out IPNetwork network) ? network : throw Wrong(nameof(GatewayOptions.TrustedProxies), text, "addresses and networks such as 10.1.2.3 and 10.0.0.0/8");
    }

    private static string OriginOf(string text)
    {
        if (text == "*") return text;
        bool good = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
        return good ? text : throw Wrong(nameof(GatewayOptions.CorsOrigins), text, "*, or origins such as https://app.example.com, without a path");
    }

    private static T Within<T>(T value, T least, T most, string name) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? value : throw Wrong(name, $"{value}", $"from {least} to {most}");

    private static SettingsException Wrong(string name, string value, string rule) => new($"Setting '{GatewayOptions.Section}:{name}' is '{value}'; it must be {rule}.");
}
