using Ratchet.Grains.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Tasks;

public class PromotionHistoryTests
{
    [Theory]
    // Oldest first; s: stored, p: promoted, r: rolled back to. Then the current one, and what a roll-back leads to.
    [InlineData("sA", "A", null)]
    [InlineData("sA sB", "B", "A")]
    [InlineData("sA sB sC rB", "B", "A")]
    [InlineData("sA sB rA", "A", null)]
    [InlineData("sA sB rA sC", "C", "A")]
    [InlineData("sA sB pA", "A", "B")]
    [InlineData("sA sB pA pB", "B", "A")]
    [InlineData("sA sx sB", "B", "A")]
    [InlineData("rA sB", "B", "A")]
    public void A_roll_back_leads_to_what_was_current_before(string history, string current, string? before)
    {
        TaskPromotion[] promotions = [.. history.Split(' ').Select((step, i) => new TaskPromotion(i + 1, step[1..], step[1..], Kind(step[0]), "test", DateTimeOffset.UnixEpoch))];
        Assert.Equal(before, PromotionHistory.Before([.. promotions.Reverse()], current, digest => digest != "x"));
    }

    private static PromotionKind Kind(char step) => step switch
    {
        's' => PromotionKind.Stored,
        'p' => PromotionKind.Promoted,
        _ => PromotionKind.RolledBack,
    };
}
