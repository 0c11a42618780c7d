using Orleans.Concurrency;

namespace Ratchet.Webhooks;

/// <summary>
/// Follows a tenant's events and makes deliveries of them for its webhooks: each event becomes one delivery of each webhook that it matches, whatever crashes.
/// While no webhook is enabled it does nothing. Key: the tenant.
/// </summary>
[Alias("ratchet.IWebhookDispatchGrain")]
public interface IWebhookDispatchGrain : IGrainWithStringKey
{
    /// <summary>The tenant's webhooks have changed, or the silo that had this grain is gone. Answered at once, also while it works: it calls webhooks, and they call it.</summary>
    [Alias("refresh"), AlwaysInterleave]
    Task RefreshAsync();
}
