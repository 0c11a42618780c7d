namespace Ratchet.Execution.Packages;

/// <summary>The form that Semantic Versioning 2.0.0 (sections 2, 9 and 10) demands: <c>1.2.3</c>, <c>1.0.0-rc.1</c>, <c>1.0.0+build.5</c>.</summary>
public static class SemanticVersion
{
    /// <summary>Longest that is taken, in characters; the specification has no bound.</summary>
    public const int MaxChars = 100;

    public static bool IsValid(string text)
    {
        if (text.Length > MaxChars) return false;
        int plus = text.IndexOf('+');
        if (plus >= 0)
        {
            if (!text[(plus + 1)..].Split('.').All(IsIdentifier)) return false;
            text = text[..plus];
        }

        int dash = text.IndexOf('-');
        if (dash >= 0)
        {
            // Numeric identifiers of a pre-release have no leading zeroes; those of a build may.
            if (!text[(dash + 1)..].Split('.').All(part => IsIdentifier(part) && (!part.All(char.IsAsciiDigit) || IsNumber(part)))) return false;
            text = text[..dash];
        }

        string[] core = text.Split('.');
        return core.Length == 3 && core.All(IsNumber);
    }

    private static bool IsIdentifier(string part) => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsNumber(string part) => part.Length > 0 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');
}
