namespace Ratchet.Webhooks;

/// <summary>A webhook of one tenant.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.webhook-key")]
public readonly record struct WebhookKey([property: Id(0)] string Tenant, [property: Id(1)] string Id)
{
    /// <summary>The grain's key: tenant/id.</summary>
    public string GrainKey => $"{Tenant}/{Id}";

    /// <exception cref="FormatException">The key has not the form tenant/id.</exception>
    public static WebhookKey FromGrainKey(string key)
    {
        string[] parts = key.Split('/');
        return parts.Length == 2 ? new WebhookKey(parts[0], parts[1]) : throw new FormatException($"'{key}' is not a webhook's key (tenant/id).");
    }

    public override string ToString() => GrainKey;
}
