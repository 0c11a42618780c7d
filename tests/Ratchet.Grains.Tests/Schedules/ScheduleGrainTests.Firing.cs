using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Ratchet.Grains.Schedules;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Schedules;

public abstract partial class ScheduleGrainTests
{
    [Fact]
    public async Task Each_second_has_its_job_and_no_other_second_has_one()
    {
        await CreateAsync(Definition with { Cron = "* * * * * *", Overlap = OverlapPolicy.Allow });
        await SiloFixture.UntilAsync("four seconds have fired", async () => (await FiresAsync()).Count(f => f.State == FireState.Submitted) >= 4);
        await Grain.EnableAsync(false);
        FireView[] fires = [.. (await FiresAsync()).Reverse()];
        for (int i = 1; i < fires.Length; i++) Assert.Equal(fires[i - 1].Instant.AddSeconds(1), fires[i].Instant);
        foreach (FireView fire in fires)
        {
            JobView job = await silo.EndOfAsync(fire.Job!.Value);
            Assert.Equal(JobState.Completed, job.State);
            Assert.InRange(job.CreatedAt - fire.Instant, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }

        TestContext.Current.SendDiagnosticMessage("{0}", string.Join(' ', fires.Select(f => $"{(f.DecidedAt - f.Instant).TotalMilliseconds:0.0} ms")));
        Assert.Equal(fires.Length, (await FiresAsync()).Count);
    }

    [Fact]
    public async Task An_instant_that_somebody_else_has_fired_is_not_fired_again()
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly", Job = Definition.Job with { Queue = key.Id } });
        FireView theirs = Pending(schedule.NextInstant!.Value) with { State = FireState.Submitted };
        await Store.Fires.AddAsync(key, schedule.Revision, [theirs], Cancel);
        await PassNextAsync();
        Assert.Equal([theirs], await FiresAsync());
        Assert.Equal(0, await silo.Store.Jobs.CountPickedAsync(key.Tenant, new PickQuery([], null, key.Id, DateTimeOffset.MaxValue), Cancel));
    }

    [Fact]
    public async Task A_submit_that_a_crash_cut_off_is_done_when_the_schedule_wakes()
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly" });
        // One crash before its submit, and one after, before that was written down.
        FireView before = Pending(schedule.CreatedAt.AddHours(-2)), after = Pending(schedule.CreatedAt.AddHours(-1));
        SubmitResult submitted = await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { Id = after.Job });
        Assert.Null(submitted.Rejection);
        await Store.Fires.AddAsync(key, schedule.Revision, [before, after], Cancel);
        await Grain.WakeAsync();
        await UntilStatesAsync("SUBMITTED SUBMITTED");
        foreach (FireView fire in new[] { before, after })
        {
            JobView job = await silo.EndOfAsync(fire.Job!.Value);
            Assert.Equal((JobState.Completed, 1), (job.State, job.Executions.Count));
        }
    }

    [Fact]
    public async Task A_definition_that_has_changed_behind_the_grain_is_read_anew_before_anything_fires()
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly" });
        ScheduleRecord row = await RowAsync();
        await Store.ReplaceAsync(row with { Revision = row.Revision + 1, Definition = row.Definition with { Enabled = false }, NextInstant = null }, row.Revision, Cancel);
        silo.Time.Advance(schedule.NextInstant!.Value - silo.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        // Not woken but triggered: a turn that still holds the old definition comes first, and its fire is refused by the row's revision.
        await Grain.TriggerAsync(null);
        await SiloFixture.UntilAsync("the trigger is submitted", async () => await StatesAsync() == "SUBMITTED");
        Assert.Equal(FireKind.Trigger, (await FiresAsync())[0].Kind);
    }

    [Theory]
    [InlineData(MisfirePolicy.Skip, 1, "SKIPPED")]
    [InlineData(MisfirePolicy.RunOnce, 1, "SKIPPED SUBMITTED")]
    [InlineData(MisfirePolicy.CatchUp, 3, "SKIPPED SUBMITTED SUBMITTED SUBMITTED")]
    public async Task Instants_that_nobody_saw_go_by_the_misfire_policy(MisfirePolicy policy, int catchUp, string expected)
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly", Overlap = OverlapPolicy.Allow, Misfire = policy, CatchUp = catchUp });
        await PassAsync(schedule.NextInstant!.Value.AddHours(4).AddMinutes(30));
        await UntilStatesAsync(expected);
        Assert.Contains("late", (await FiresAsync())[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_with_jitter_waits_for_its_time_and_a_retry_gives_it_the_same()
    {
        await CreateAsync(Definition with { Cron = "@hourly", Jitter = TimeSpan.FromMinutes(30) });
        DateTimeOffset instant = await PassNextAsync();
        FireView fire = Assert.Single(await FiresAsync());
        Assert.Equal(instant + Jitter.Of(key, instant, TimeSpan.FromMinutes(30)), fire.RunAt);
        JobView job = (await JobAsync(fire))!;
        Assert.Equal((JobState.Scheduled, fire.RunAt), (job.State, job.DueAt!.Value));
    }

    [Fact]
    public async Task A_one_shot_fires_once_and_its_watchdog_goes()
    {
        var table = silo.Services.GetRequiredService<IReminderTable>();
        await CreateAsync(Definition with { At = silo.Time.GetUtcNow().AddHours(1) });
        await SiloFixture.UntilAsync("the watchdog is there", async () => (await table.ReadRows(Grain.GetGrainId())).Reminders.Count == 1);
        await PassNextAsync();
        Assert.Null((await RowAsync()).NextInstant);
        await UntilStatesAsync("SUBMITTED");
        await SiloFixture.UntilAsync("the watchdog is gone", async () => (await table.ReadRows(Grain.GetGrainId())).Reminders.Count == 0);
    }

    [Fact]
    public async Task Schedules_that_were_on_a_silo_that_is_gone_are_woken()
    {
        DateTimeOffset now = silo.Time.GetUtcNow().AddMinutes(-1);
        var row = new ScheduleRecord
        {
            Tenant = key.Tenant, Definition = Definition with { At = now }, Revision = 1, DecidedUntil = now.AddHours(-1), NextInstant = now, CreatedAt = now, UpdatedAt = now,
        };
        await Store.AddAsync(row, Cancel);
        var waking = silo.Services.GetServices<IHostedService>().OfType<ScheduleWaking>().Single();
        waking.SiloStatusChangeNotification(null!, SiloStatus.Dead);
        await UntilStatesAsync("SUBMITTED");
    }

    [Fact]
    public async Task A_refused_submit_is_written_and_the_schedule_goes_on()
    {
        ScheduleView schedule = await CreateAsync(Definition with { Cron = "@hourly" });
        ScheduleRecord row = await RowAsync();
        Submission broken = row.Definition.Job with { Task = "gone" };
        await Store.ReplaceAsync(row with { Revision = row.Revision + 1, Definition = row.Definition with { Job = broken } }, schedule.Revision, Cancel);
        await PassNextAsync();
        await UntilStatesAsync("REJECTED");
        Assert.Contains("'gone'", (await FiresAsync())[0].Reason, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", """{"num1":1,"num2":2}""")).State);
        Assert.NotNull((await RowAsync()).NextInstant);
    }
}
