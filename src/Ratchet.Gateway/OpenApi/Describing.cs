using Microsoft.AspNetCore.Builder;

namespace Ratchet.Gateway.OpenApi;

/// <summary>Puts a description on a route, in the line that maps it. A route under /api without one fails a test.</summary>
internal static class Describing
{
    /// <param name="id">The operation's id, in camel case.</param>
    /// <param name="summary">What it does, in a few words.</param>
    /// <param name="describe">Called when the description is first asked for: a server that nobody asks is not held up by it.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, string summary, Action<Operation> describe) =>
        route.WithMetadata(new Operation(id, summary, describe));
}
