namespace Ratchet.Configuration;

/// <summary>Section <c>Gateway</c>: what the front door takes, and from whom.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Longest time until an answer begins, 1 second to 1 hour. A request that waits for a job (<c>Prefer: wait</c>) has its wait on top of it.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Most connections at once, 1 to 1,000,000; further ones are closed.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Most connections at once of one client's address; loopback and trusted proxies are not counted. 1 to 1,000,000.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 1_000;

    /// <summary>Requests of one client's address, as <c>COUNT/WINDOW</c> such as <c>1000/1s</c> or <c>600/1m</c>, over all gateways; <c>off</c> for no limit.</summary>
    public string RateLimit { get; set; } = "1000/1s";

    /// <summary>Whether clients on this machine are limited too.</summary>
    public bool RateLimitLoopback { get; set; }

    /// <summary>Addresses and networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Origins (<c>https://app.example.com</c>) whose pages may call from a browser, by WebSockets too; <c>*</c> for all.</summary>
    public string[] CorsOrigins { get; set; } = [];

    /// <summary>Whether answers of 1 KiB and more are compressed for those who take that.</summary>
    public bool Compression { get; set; } = true;

    /// <summary>How long browsers keep to https once they had it (RFC 6797); zero for not at all. Sent over https alone.</summary>
    public TimeSpan Hsts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Whether the description of the interface (<c>/openapi/v1.json</c>) and its pages (<c>/docs</c>) are served.</summary>
    public bool Docs { get; set; } = true;
}
