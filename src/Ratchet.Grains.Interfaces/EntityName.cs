namespace Ratchet;

/// <summary>What the names of tasks and queues, and idempotency keys, may be: texts that every store and every terminal can hold.</summary>
public static class EntityName
{
    /// <summary>1 to <see cref="Limits.NameChars"/> characters, no control characters, no half of a surrogate pair.</summary>
    public static bool IsText(string text) => text.Length is > 0 and <= Limits.NameChars && !text.Any(char.IsControl) && IsWellFormed(text);

    /// <summary>As <see cref="IsText"/>, and no slash: names are parts of grain keys and of paths.</summary>
    public static bool IsName(string text) => IsText(text) && !text.Contains('/', StringComparison.Ordinal);

    private static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
