using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Problems;
using Ratchet.Preconditions;

namespace Ratchet.Gateway.Hosting;

/// <summary>ETag, If-Match and If-None-Match (RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2), for changes that must not undo somebody else's.</summary>
internal static class EntityTags
{
    public static void Write(HttpContext http, long revision) => http.Response.Headers.ETag = $"\"{revision}\"";

    /// <summary>For one that is changed by its revision.</summary>
    /// <exception cref="ProblemException">The client knows another state than the one that is there (412), or the header cannot be read (400).</exception>
    public static void Require(HttpContext http, long revision)
    {
        if (Only(http)?.Holds(revision) == false) throw new ProblemException(Problem.PreconditionFailed());
    }

    /// <summary>What If-Match asks of the state that is changed; null when it is not there.</summary>
    /// <exception cref="ProblemException">The header cannot be read (400).</exception>
    public static Precondition? Only(HttpContext http)
    {
        if (http.Request.Headers.IfMatch.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseStrictList([.. http.Request.Headers.IfMatch.OfType<string>()], out IList<EntityTagHeaderValue>? wanted))
            throw new ProblemException(Problem.Malformed("If-Match must be * or a list of entity tags, such as \"7\"."));
        if (wanted.Any(tag => tag.Tag == "*")) return Precondition.Present;
        // A weak tag says nothing of whether anything was changed, and none that is not a number was ever given out.
        return new Precondition([.. wanted.Where(tag => !tag.IsWeak).Select(tag => RevisionOf(tag.Tag.AsSpan())).OfType<long>()], Absent: false);
    }

    /// <summary>As <see cref="Only"/>, where a change may also make what is not there: If-None-Match with * asks that it does.</summary>
    /// <exception cref="ProblemException">A header cannot be read, or the two exclude each other (400).</exception>
    public static Precondition? OnlyOrMade(HttpContext http)
    {
        if (http.Request.Headers.IfNoneMatch.Count == 0) return Only(http);
        if (http.Request.Headers.IfNoneMatch.ToString().Trim() != "*") throw new ProblemException(Problem.Malformed("If-None-Match of a change must be *: only when there is none yet."));
        return http.Request.Headers.IfMatch.Count == 0 ? Precondition.Missing : throw new ProblemException(Problem.Malformed("If-Match and If-None-Match: * exclude each other."));
    }

    private static long? RevisionOf(ReadOnlySpan<char> tag) => long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long revision) ? revision : null;
}
