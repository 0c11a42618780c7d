using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Hosting;

/// <summary>ETag and If-Match (RFC 9110, sections 8.8.3 and 13.1.1), for changes that must not undo somebody else's.</summary>
internal static class EntityTags
{
    public static void Write(HttpContext http, long revision) => http.Response.Headers.ETag = Tag(revision);

    /// <exception cref="ProblemException">The client knows another state than the one that is there (412), or the header cannot be read (400).</exception>
    public static void Require(HttpContext http, long revision) => Require(http, Tag(revision));

    /// <summary>As <see cref="Require(HttpContext, long)"/>; null: there is nothing, which not even * names.</summary>
    public static void Require(HttpContext http, string? known)
    {
        if (http.Request.Headers.IfMatch.Count == 0) return;
        if (!EntityTagHeaderValue.TryParseStrictList([.. http.Request.Headers.IfMatch.OfType<string>()], out IList<EntityTagHeaderValue>? wanted))
            throw new ProblemException(Problem.Malformed("If-Match must be * or a list of entity tags, such as \"7\"."));
        if (!wanted.Any(tag => known is not null && (tag.Tag == "*" || (!tag.IsWeak && tag.Tag == known)))) throw new ProblemException(Problem.PreconditionFailed());
    }

    /// <summary>The tag of what has no revision of its own: of those of its parts that can be changed, not of what only counts.</summary>
    public static string Of(params ReadOnlySpan<string?> parts) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)))[..8])}\"";

    public static void Write(HttpContext http, string tag) => http.Response.Headers.ETag = tag;

    /// <summary>Whether the client asks that nothing has changed; reading what there is can be spared otherwise.</summary>
    public static bool IsAsked(HttpContext http) => http.Request.Headers.IfMatch.Count > 0;

    private static string Tag(long revision) => $"\"{revision}\"";
}
