namespace Ratchet.Cli.Server;

/// <summary>Paths and queries out of what was typed.</summary>
internal static class ApiPath
{
    /// <param name="parts">Each is escaped as one part: a key may hold slashes.</param>
    public static string Of(params string[] parts) => string.Join('/', parts.Select(Uri.EscapeDataString));

    /// <summary>Those with a value, as a query without its question mark.</summary>
    public static string Query(IEnumerable<(string Name, string? Value)> parts) =>
        string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
}
