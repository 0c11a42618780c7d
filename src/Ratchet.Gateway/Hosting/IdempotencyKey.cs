using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Hosting;

/// <summary>The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07).</summary>
internal static class IdempotencyKey
{
    /// <summary>The key, without the quotes that the draft asks for and few clients send; null when there is none.</summary>
    /// <exception cref="ProblemException">It is no text that a key can be (400).</exception>
    public static string? Of(HttpContext http)
    {
        string? key = http.Request.Headers["Idempotency-Key"];
        // The draft makes it a string of Structured Fields (RFC 9651, section 3.3.3), where a backslash stands before quotes and backslashes.
        if (key is ['"', .., '"']) key = key[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return key is null || EntityName.IsText(key)
            ? key
            : throw new ProblemException(Problem.Malformed($"The Idempotency-Key header must have 1 to {Limits.NameChars} characters and no control characters."));
    }
}
