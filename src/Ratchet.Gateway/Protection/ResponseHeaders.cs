using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Protection;

/// <summary>Headers of every answer, a problem as well.</summary>
internal static class ResponseHeaders
{
    /// <summary>Of answers that are data: if a browser takes one for a page all the same, that page can do nothing.</summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>An endpoint that has pages, or may be kept by caches, sets its own over these.</summary>
    public static void Write(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["X-Request-Id"] = http.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = DataPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps && http.Features.Get<StrictTransport>() is { } strict) headers.StrictTransportSecurity = strict.Value;
        WriteRate(http);
    }

    public static void WriteRate(HttpContext http)
    {
        if (http.Features.Get<RateLimitHeaders>() is not { } rate) return;
        http.Response.Headers["RateLimit-Policy"] = rate.Policy;
        http.Response.Headers["RateLimit"] = rate.Limit;
    }
}

/// <param name="Value">Of Strict-Transport-Security (RFC 6797).</param>
internal sealed record StrictTransport(string Value);
