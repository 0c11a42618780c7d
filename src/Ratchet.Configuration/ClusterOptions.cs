namespace Ratchet.Configuration;

/// <summary>Section <c>Cluster</c>: how silos and gateways find each other. Not used by one node on SQLite.</summary>
public sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>Silos and gateways with the same id form one cluster.</summary>
    public string ClusterId { get; set; } = "ratchet";

    /// <summary>Names the deployment over its whole life; reminders and grain storage belong to it.</summary>
    public string ServiceId { get; set; } = "ratchet";

    /// <summary>The address under which other nodes reach this one.</summary>
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>Port for other silos; 1 to 65535, or 0 for one that is free.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port for gateways that run in processes of their own; 0 for none.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Npgsql connection string of the membership table; a silo uses the store's own when this is empty.</summary>
    [SecretSetting]
    public string? ConnectionString { get; set; }
}
