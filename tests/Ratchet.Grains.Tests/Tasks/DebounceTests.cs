using Microsoft.Extensions.Time.Testing;
using Ratchet.Silo.Tasks;

namespace Ratchet.Grains.Tests.Tasks;

public class DebounceTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider time = new();
    private readonly Debounce debounce;

    public DebounceTests() => debounce = new Debounce(time, Quiet, Longest);

    [Fact]
    public void Changes_are_one_change_when_they_pause()
    {
        Assert.False(debounce.TryTake(out _));
        for (int i = 0; i < 4; i++)
        {
            debounce.Tell();
            time.Advance(Quiet / 2);
            Assert.False(debounce.TryTake(out TimeSpan left));
            Assert.Equal(Quiet / 2, left);
        }

        time.Advance(Quiet / 2);
        Assert.True(debounce.TryTake(out _));
        // It was taken: the next one is another, with a time of its own.
        Assert.False(debounce.TryTake(out _));
        time.Advance(Longest);
        debounce.Tell();
        Assert.False(debounce.TryTake(out TimeSpan again));
        Assert.Equal(Quiet, again);
    }

    [Fact]
    public void Changes_without_a_pause_count_all_the_same()
    {
        TimeSpan passed = TimeSpan.Zero;
        while (passed < Longest)
        {
            debounce.Tell();
            Assert.False(debounce.TryTake(out _));
            time.Advance(Quiet / 3);
            passed += Quiet / 3;
        }

        debounce.Tell();
        Assert.True(debounce.TryTake(out _));
    }

    [Fact]
    public async Task Without_a_change_it_is_time_after_the_period()
    {
        Task<bool> next = debounce.NextAsync(Period, CancellationToken.None);
        Assert.False(next.IsCompleted);
        time.Advance(Period);
        Assert.False(await next);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_change_and_one_before_that_is_not_lost()
    {
        debounce.Tell();
        time.Advance(Quiet);
        Assert.True(await debounce.NextAsync(Period, CancellationToken.None));
        // A period that is over before the waiting one has run again would be an answer too.
        Task<bool> next = debounce.NextAsync(TimeSpan.FromDays(30), CancellationToken.None);
        debounce.Tell();
        // However far the one that waits has come: time goes on until it is through.
        while (!next.IsCompleted)
        {
            time.Advance(Quiet);
            await Task.Yield();
        }

        Assert.True(await next);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        Task<bool> next = debounce.NextAsync(Period, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
