using System.Globalization;

namespace Ratchet;

/// <summary>Instants as clients write them (RFC 3339, section 5.6): with Z or with the offset from UTC at their end.</summary>
public static class Instants
{
    /// <summary>What a message about a wrong one says that it must be.</summary>
    public const string Form = "an instant as RFC 3339 writes it, such as 2026-01-31T09:00:00Z";

    public static bool TryParse(string text, out DateTimeOffset at)
    {
        at = default;
        bool hasOffset = text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out at);
    }
}
