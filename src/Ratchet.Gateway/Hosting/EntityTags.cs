using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Hosting;

/// <summary>ETag and If-Match (RFC 9110, sections 8.8.3 and 13.1.1), for changes that must not undo somebody else's.</summary>
internal static class EntityTags
{
    public static void Write(HttpContext http, long revision) => http.Response.Headers.ETag = Tag(revision);

    /// <exception cref="ProblemException">The client knows another state than the one that is there (412), or the header cannot be read (400).</exception>
    public static void Require(HttpContext http, long revision)
    {
        if (http.Request.Headers.IfMatch.Count == 0) return;
        if (!EntityTagHeaderValue.TryParseStrictList([.. http.Request.Headers.IfMatch.OfType<string>()], out IList<EntityTagHeaderValue>? wanted))
            throw new ProblemException(Problem.Malformed("If-Match must be * or a list of entity tags, such as \"7\"."));
        if (!wanted.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == Tag(revision)))) throw new ProblemException(Problem.PreconditionFailed());
    }

    private static string Tag(long revision) => $"\"{revision}\"";
}
