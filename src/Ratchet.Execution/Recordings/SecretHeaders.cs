namespace Ratchet.Execution.Recordings;

/// <summary>
/// Which headers are never written to disk. By name only: a recording is shared in bug reports, and a header whose name says
/// "secret" is one whatever its value looks like.
/// </summary>
public static class SecretHeaders
{
    public const string Redacted = "[REDACTED]";

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
        { "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key" };

    private static readonly string[] Parts = ["token", "secret", "key", "password"];

    public static bool IsSecret(string header) => Names.Contains(header) || Parts.Any(p => header.Contains(p, StringComparison.OrdinalIgnoreCase));

    public static string Redact(string header, string value) => IsSecret(header) ? Redacted : value;
}
