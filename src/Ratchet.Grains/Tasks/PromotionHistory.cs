using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Reads from the history what a roll-back leads to.</summary>
internal static class PromotionHistory
{
    /// <summary>
    /// The version that was current before <paramref name="current"/>; null when none was. A roll-back gives its version up for good: a second one goes further back instead of
    /// bringing the first one's failure on again.
    /// </summary>
    /// <param name="newestFirst">As the store has it.</param>
    /// <param name="usable">Whether a version, by its digest, is there and may be current.</param>
    public static string? Before(IReadOnlyList<TaskPromotion> newestFirst, string current, Func<string, bool> usable)
    {
        var line = new List<string>();
        foreach (TaskPromotion promotion in newestFirst.Reverse())
        {
            // Back to something that is no longer in the line: it was cut, or versions between were passed over.
            int at = promotion.Kind == PromotionKind.RolledBack ? line.LastIndexOf(promotion.Digest) : -1;
            if (at >= 0) line.RemoveRange(at + 1, line.Count - at - 1);
            else line.Add(promotion.Digest);
        }

        return line.LastOrDefault(digest => digest != current && usable(digest));
    }
}
