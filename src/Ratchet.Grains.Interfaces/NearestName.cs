namespace Ratchet;

/// <summary>Finds what somebody most likely meant to type.</summary>
public static class NearestName
{
    /// <summary>The candidate with the smallest edit distance, case aside; null when there is none.</summary>
    public static string? Of(string typed, IEnumerable<string> candidates) => candidates.MinBy(c => Distance(typed.ToUpperInvariant(), c.ToUpperInvariant()));

    /// <summary>As <see cref="Of"/>, but null when nothing is near enough to be a slip of the fingers.</summary>
    public static string? Close(string typed, IEnumerable<string> candidates) =>
        Of(typed, candidates) is { } near && Distance(typed.ToUpperInvariant(), near.ToUpperInvariant()) <= Math.Max(1, typed.Length / 3) ? near : null;

    /// <summary>Levenshtein's: insertions, deletions and substitutions. <paramref name="a"/> is cut, for it is anybody's input.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > Limits.NameChars) a = a[..Limits.NameChars];
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(substitution, 1 + Math.Min(previous[j], row[j - 1]));
            }

            previous = row;
        }

        return previous[^1];
    }
}
