using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Protection;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>
/// Keeps pages of other sites from sending what their visitor's browser would send without asking first. A POST is <c>application/json</c>, for which a browser asks (Fetch standard, CORS-safelisted request headers); a GET
/// needs a header for which it does, or must come from a page of this gateway; a WebSocket must come from a page that may.
/// </summary>
internal static class Preflight
{
    private static readonly string[] Headers = ["GraphQL-Preflight", "GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"];

    /// <exception cref="ProblemException">The GET could be another site's.</exception>
    public static void CheckGet(HttpRequest request)
    {
        if (Headers.Any(request.Headers.ContainsKey) || request.Headers["Sec-Fetch-Site"] == "same-origin") return;
        throw new ProblemException(Problem.PreflightNeeded($"Send a header {Headers[0]}, whatever its value: without it, pages of other sites could send this request."));
    }

    /// <summary>Whether the page that opens a WebSocket may; what is no browser sends no Origin.</summary>
    public static bool MayOpen(HttpRequest request, ProtectionSettings protection)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || protection.MayCall(origin)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
