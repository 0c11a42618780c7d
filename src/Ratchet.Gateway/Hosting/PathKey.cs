namespace Ratchet.Gateway.Hosting;

/// <summary>A key at the end of a path. Keys may hold slashes, names may not.</summary>
internal static class PathKey
{
    /// <summary>Routing decodes everything but %2F. A key that holds the text "%2F" itself cannot be named in a path; nobody has one.</summary>
    public static string Decode(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
