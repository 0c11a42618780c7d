using System.Net;

namespace Ratchet.Execution.Fetch;

/// <summary>
/// Where a script's requests may go. The one place that decides it: every connection of the broker, redirects included, asks here with the address that the
/// name was resolved to. For now all are allowed, private networks too.
/// </summary>
public sealed class FetchPolicy
{
    /// <param name="host">As the URL has it.</param>
    /// <param name="address">What it was resolved to, just before the connection is made.</param>
    public bool Allows(string host, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(address);
        return true;
    }
}
