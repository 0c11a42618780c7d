using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Schedules;

public abstract partial class ScheduleGrainTests
{
    [Fact]
    public async Task Making_it_again_returns_it_and_another_definition_is_a_conflict()
    {
        ScheduleView made = await CreateAsync(Definition with { Every = TimeSpan.FromHours(1) });
        ScheduleChange again = await Grain.CreateAsync(Definition with { Every = TimeSpan.FromHours(1) });
        Assert.False(again.Made);
        Assert.Equal(made.Revision, again.Schedule.Revision);
        await Assert.ThrowsAsync<ScheduleConflictException>(() => Grain.CreateAsync(Definition with { Every = TimeSpan.FromHours(2) }));
    }

    [Fact]
    public async Task An_update_counts_from_now_and_repeating_it_changes_nothing()
    {
        ScheduleView made = await CreateAsync(Definition with { Cron = "0 0 1 1 *" });
        ScheduleView updated = await Grain.UpdateAsync(Definition with { Cron = "@hourly", TimeZone = "Europe/Berlin" });
        Assert.True(updated.Revision > made.Revision);
        Assert.InRange(updated.NextInstant!.Value - silo.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Equal(updated.Revision, (await Grain.UpdateAsync(Definition with { Cron = "@hourly", TimeZone = "Europe/Berlin" })).Revision);
        Assert.Empty(await FiresAsync());
    }

    [Fact]
    public async Task Instants_that_pass_while_it_is_disabled_never_fire()
    {
        ScheduleView made = await CreateAsync(Definition with { Cron = "@hourly" });
        Assert.Null((await Grain.EnableAsync(false)).NextInstant);
        silo.Time.Advance(TimeSpan.FromHours(3));
        ScheduleView enabled = await Grain.EnableAsync(true);
        Assert.True(enabled.NextInstant > made.NextInstant!.Value.AddHours(2));
        await PassNextAsync();
        await UntilStatesAsync("SUBMITTED");
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_be_made_again()
    {
        ScheduleView made = await CreateAsync(Definition with { Cron = "@hourly" });
        Assert.True(await Grain.DeleteAsync());
        Assert.False(await Grain.DeleteAsync());
        await Assert.ThrowsAsync<ScheduleNotFoundException>(() => Grain.EnableAsync(false));
        await Assert.ThrowsAsync<ScheduleNotFoundException>(() => Grain.TriggerAsync(null));
        await Assert.ThrowsAsync<ScheduleNotFoundException>(() => Grain.UpdateAsync(Definition with { Cron = "@hourly" }));
        Assert.True((await CreateAsync(Definition with { Cron = "@hourly" })).Revision > made.Revision);
    }

    [Fact]
    public async Task A_wrong_definition_is_refused_and_nothing_is_stored()
    {
        InvalidScheduleException cron = await Assert.ThrowsAsync<InvalidScheduleException>(() => Grain.CreateAsync(Definition with { Cron = "0 25 * * *" }));
        Assert.Equal(("/cron", new CronPosition(2, 2)), (cron.Pointer, cron.Position));
        Assert.Equal("/cron", (await Assert.ThrowsAsync<InvalidScheduleException>(() => Grain.CreateAsync(Definition with { Cron = "0 0 30 2 *" }))).Pointer);
        Assert.Equal("/at", (await Assert.ThrowsAsync<InvalidScheduleException>(() => Grain.CreateAsync(Definition with { At = silo.Time.GetUtcNow().AddMinutes(-1) }))).Pointer);
        async Task<Rejection> RefusalAsync(Submission job) => (await Assert.ThrowsAsync<ScheduleRefusedException>(() => Grain.CreateAsync(Definition with { Cron = "@daily", Job = job }))).Rejection;
        Assert.Equal(RejectionCode.UnknownTask, (await RefusalAsync(Definition.Job with { Task = "nothing" })).Code);
        Rejection input = await RefusalAsync(Definition.Job with { Input = """{"num1":"one"}"""u8.ToArray() });
        Assert.Equal(RejectionCode.InvalidInput, input.Code);
        Assert.Contains(input.Errors, e => e.Pointer == "/num1");
        InvalidScheduleException both = await Assert.ThrowsAsync<InvalidScheduleException>(
            () => Grain.CreateAsync(Definition with { Cron = "0 25 * * *", Job = Definition.Job with { Input = """{"num1":"one","num2":2}"""u8.ToArray() } }));
        Assert.Equal(("/cron", "/job/input/num1"), (both.Pointer, Assert.Single(both.Others).Pointer));
        Assert.Null(await Store.GetAsync(key, Cancel));
    }

    [Fact]
    public async Task A_change_of_an_older_definition_is_not_made()
    {
        ScheduleView made = await CreateAsync(Definition with { Cron = "@hourly" });
        ScheduleView revised = (await Grain.ReviseAsync(Definition with { Cron = "@daily" }, made.Revision))!;
        Assert.Null(await Grain.ReviseAsync(Definition with { Cron = "@weekly" }, made.Revision));
        Assert.Equal("@daily", (await RowAsync()).Definition.Cron);
        Assert.Equal(revised.Revision, (await Grain.ReviseAsync(Definition with { Cron = "@daily" }, revised.Revision))!.Revision);
    }

    [Fact]
    public async Task A_trigger_fires_now_and_its_key_fires_once()
    {
        await CreateAsync(Definition with { Cron = "@yearly", Enabled = false });
        FireView first = await Grain.TriggerAsync("key");
        FireView again = await Grain.TriggerAsync("key");
        FireView other = await Grain.TriggerAsync(null);
        Assert.Equal((FireKind.Trigger, FireState.Submitted, first.Job), (first.Kind, again.State, again.Job));
        Assert.NotEqual(first.Job, other.Job);
        foreach (FireView fire in new[] { first, other }) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(fire.Job!.Value)).State);
        Assert.Equal(2, (await FiresAsync()).Count);
    }

    [Fact]
    public async Task The_directory_shows_what_is_there_and_what_is_to_come()
    {
        var directory = silo.Grains.GetGrain<IScheduleDirectoryGrain>(0);
        await CreateAsync(Definition with { Cron = "@hourly" });
        ScheduleView view = (await directory.GetAsync(key, Cancel))!;
        Assert.Equal(key.Id, view.Definition.Id);
        Assert.Contains((await directory.ListAsync(key.Tenant, new ListQuery<ScheduleField> { Limit = 1000 }, Cancel)).Items, s => s.Definition.Id == key.Id);
        IReadOnlyList<DateTimeOffset> instants = await directory.PreviewAsync(view.Definition, 5, Cancel);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => view.NextInstant!.Value.AddHours(i)), instants);
        Assert.Equal(Limits.PreviewInstants, (await directory.PreviewAsync(view.Definition, 5000, Cancel)).Count);
        Assert.Null(await directory.GetAsync(new ScheduleKey(key.Tenant, "nothing"), Cancel));
    }
}
