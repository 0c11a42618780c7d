using Ratchet.Jobs;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public abstract partial class ScheduleGrainTests
{
    [Fact]
    public async Task While_a_job_runs_an_instant_is_skipped()
    {
        await CreateAsync(Slow with { Overlap = OverlapPolicy.Skip });
        await PassNextAsync();
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED SKIPPED");
        FireView[] fires = [.. await FiresAsync()];
        Assert.Contains("not at an end", fires[0].Reason, StringComparison.Ordinal);
        await CancelAsync(fires[1]);
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED SKIPPED SUBMITTED");
    }

    [Fact]
    public async Task One_instant_waits_the_newest_and_goes_when_the_running_job_ends()
    {
        await CreateAsync(Slow with { Overlap = OverlapPolicy.QueueOne });
        for (int i = 0; i < 3; i++) await PassNextAsync();
        await UntilStatesAsync("SUBMITTED SKIPPED WAITING");
        FireView[] fires = [.. await FiresAsync()];
        Assert.Null(await JobAsync(fires[0]));
        // Nobody wakes the schedule: it watches the job.
        await CancelAsync(fires[2]);
        await UntilStatesAsync("SUBMITTED SKIPPED SUBMITTED");
        Assert.NotNull(await JobAsync(fires[0]));
    }

    [Fact]
    public async Task A_waiting_instant_does_not_outlive_the_schedules_being_disabled()
    {
        await CreateAsync(Slow with { Overlap = OverlapPolicy.QueueOne });
        await PassNextAsync();
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED WAITING");
        await Grain.EnableAsync(false);
        Assert.Equal("SUBMITTED SKIPPED", await StatesAsync());
        Assert.Contains("disabled", (await FiresAsync())[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_running_job_is_cancelled_for_the_next()
    {
        await CreateAsync(Slow with { Overlap = OverlapPolicy.CancelRunning });
        await PassNextAsync();
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED SUBMITTED");
        FireView[] fires = [.. await FiresAsync()];
        Assert.Equal(JobState.Cancelled, (await JobAsync(fires[1]))!.State);
        Assert.NotEqual(JobState.Cancelled, (await JobAsync(fires[0]))!.State);
    }

    [Fact]
    public async Task Jobs_run_beside_each_other_where_that_is_allowed()
    {
        await CreateAsync(Slow with { Overlap = OverlapPolicy.Allow });
        await PassNextAsync();
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED SUBMITTED");
        foreach (FireView fire in await FiresAsync()) Assert.False((await JobAsync(fire))!.State.IsTerminal());
    }

    private async Task CancelAsync(FireView fire) => await silo.Grains.GetGrain<IJobGrain>(fire.Job!.Value.Value).CancelAsync(key.Tenant, "test", null);
}
