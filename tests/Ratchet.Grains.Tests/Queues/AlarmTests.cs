using Microsoft.Extensions.Time.Testing;
using Orleans;
using Orleans.Runtime;
using Ratchet.Grains.Queues;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests.Queues;

public class AlarmTests
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider time = new();
    private readonly HandTimer timer = new();

    private Alarm NewAlarm() => new(timer, Grain, time);

    [Fact]
    public void It_fires_for_the_earliest_instant()
    {
        Alarm alarm = NewAlarm();
        alarm.Set(time.GetUtcNow().AddSeconds(10));
        alarm.Set(time.GetUtcNow().AddSeconds(5));
        alarm.Set(time.GetUtcNow().AddSeconds(7));
        Assert.Equal([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)], timer.Waits);
        Assert.Equal(time.GetUtcNow().AddSeconds(5), alarm.At);
    }

    [Fact]
    public void A_later_instant_does_not_take_the_place_of_one_that_has_passed_while_its_timer_is_late()
    {
        Alarm alarm = NewAlarm();
        alarm.Set(time.GetUtcNow().AddMilliseconds(50));
        time.Advance(TimeSpan.FromMilliseconds(60));
        alarm.Set(time.GetUtcNow().AddMinutes(5));
        Assert.Equal([TimeSpan.FromMilliseconds(50)], timer.Waits);
        alarm.Fired();
        alarm.Set(time.GetUtcNow().AddMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), timer.Waits[^1]);
    }

    [Fact]
    public void Settings_that_follow_each_other_do_not_put_it_off()
    {
        Alarm alarm = NewAlarm();
        for (int i = 0; i < 10; i++)
        {
            alarm.Set(time.GetUtcNow());
            time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal([Grain], timer.Waits);
    }

    [Fact]
    public void A_clock_that_is_set_ahead_brings_it_forward()
    {
        var ahead = new ShiftedTime();
        var alarm = new Alarm(timer, Grain, ahead);
        alarm.Set(ahead.GetUtcNow().AddHours(1));
        ahead.Advance(TimeSpan.FromHours(2));
        alarm.Set(ahead.GetUtcNow().AddHours(1));
        Assert.Equal(Grain, timer.Waits[^1]);
    }

    /// <summary>Fires never; keeps what it was set to.</summary>
    private sealed class HandTimer : IGrainTimer
    {
        public List<TimeSpan> Waits { get; } = [];

        public void Change(TimeSpan dueTime, TimeSpan period) => Waits.Add(dueTime);

        public void Dispose() => Waits.Clear();
    }
}
