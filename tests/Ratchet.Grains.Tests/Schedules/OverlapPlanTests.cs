using Ratchet.Grains.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public class OverlapPlanTests
{
    [Theory]
    // P: submitted, W: waits, S: skipped; one letter an instant, oldest first.
    [InlineData(OverlapPolicy.Allow, false, "P")]
    [InlineData(OverlapPolicy.Allow, true, "PPP")]
    [InlineData(OverlapPolicy.Skip, false, "P")]
    [InlineData(OverlapPolicy.Skip, false, "PSS")]
    [InlineData(OverlapPolicy.Skip, true, "S")]
    [InlineData(OverlapPolicy.Skip, true, "SSS")]
    [InlineData(OverlapPolicy.QueueOne, false, "P")]
    [InlineData(OverlapPolicy.QueueOne, false, "PW")]
    [InlineData(OverlapPolicy.QueueOne, false, "PSW")]
    [InlineData(OverlapPolicy.QueueOne, true, "W")]
    [InlineData(OverlapPolicy.QueueOne, true, "SSW")]
    [InlineData(OverlapPolicy.CancelRunning, false, "P")]
    [InlineData(OverlapPolicy.CancelRunning, true, "P")]
    [InlineData(OverlapPolicy.CancelRunning, true, "SSP")]
    public void What_becomes_of_instants_that_are_due_together(OverlapPolicy policy, bool running, string expected)
    {
        DateTimeOffset[] instants = [.. Enumerable.Range(0, expected.Length).Select(i => Make.At("2026-03-01T12:00:00Z").AddHours(i))];
        IReadOnlyList<OverlapPlan> plans = OverlapPlan.For(policy, running, instants);
        Assert.Equal(instants, plans.Select(p => p.Instant));
        Assert.Equal(expected, string.Concat(plans.Select(p => p.State switch { FireState.Pending => 'P', FireState.Waiting => 'W', FireState.Skipped => 'S', _ => '?' })));
        Assert.All(plans, p => Assert.Equal(p.State == FireState.Skipped, p.Reason is not null));
    }
}
