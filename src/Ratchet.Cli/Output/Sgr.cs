namespace Ratchet.Cli.Output;

/// <summary>Looks of text on a terminal (ECMA-48, Select Graphic Rendition).</summary>
internal static class Sgr
{
    public const string Bold = "1";
    public const string Dim = "2";

    /// <summary>States have colours; null for what is none.</summary>
    public static string? Of(string value) => value switch
    {
        "COMPLETED" or "passed" => "32",
        "FAILED" or "QUARANTINED" or "failed" => "31",
        "RETRYING" or "CANCELLED" or "EXPIRED" or "LOST" => "33",
        _ => null,
    };

    public static string Around(string text, string? style) => style is null ? text : $"\e[{style}m{text}\e[0m";
}
