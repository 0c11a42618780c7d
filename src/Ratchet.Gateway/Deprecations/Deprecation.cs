using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Deprecations;

/// <summary>Something of the REST interface that goes away (docs/adr/0021-versions-of-the-rest-interface.md).</summary>
/// <param name="Since">When it was said so: the Deprecation header (RFC 9745).</param>
/// <param name="Sunset">When it may be gone: the Sunset header (RFC 8594); a year after <paramref name="Since"/> at the least.</param>
internal sealed record Deprecation(DateTimeOffset Since, DateTimeOffset Sunset)
{
    /// <summary>All that is deprecated now. <c>before</c> with a job's id in lists: cursors do the same in any order.</summary>
    public static Deprecation BeforeAnId { get; } = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 12, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Tells the client.</summary>
    public void Tell(HttpContext http)
    {
        http.Response.Headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{Since.ToUnixTimeSeconds()}");
        http.Response.Headers["Sunset"] = Sunset.ToString("R", CultureInfo.InvariantCulture);
        http.Response.Headers.Append("Link", "</docs>; rel=\"deprecation\"");
    }
}

internal static class DeprecatedEndpoints
{
    /// <summary>The endpoint goes away, and says so with each answer.</summary>
    public static TBuilder Deprecated<TBuilder>(this TBuilder endpoint, Deprecation deprecation) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(deprecation);

    /// <summary>To be used behind routing, which knows the endpoint.</summary>
    public static Task TellAsync(HttpContext http, RequestDelegate next)
    {
        http.GetEndpoint()?.Metadata.GetMetadata<Deprecation>()?.Tell(http);
        return next(http);
    }
}
