using Ratchet.Grains.Queues;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Queues;

public class ReadyWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaskReference Task = new("t", "1.0.0", "d");

    private static ReadyJob Job(int age, JobPriority priority = JobPriority.Normal, long fence = 0) => new()
    {
        Id = new JobId(new Guid(age + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)),
        Task = Task,
        Priority = priority,
        ReadyAt = Start.AddMilliseconds(age),
        Fence = fence,
        Attempts = 0,
        MaxAttempts = 3,
        LostWorkers = 0,
    };

    private static void Read(ReadyWindow window, int want, params ReadyJob[] rows)
    {
        int asked = window.BeginRead(want);
        window.EndRead([.. rows.Take(asked)]);
    }

    private static List<int> TakeAll(ReadyWindow window)
    {
        var taken = new List<int>();
        while (window.Take() is { } job) taken.Add((int)(job.ReadyAt - Start).TotalMilliseconds);
        return taken;
    }

    [Fact]
    public void Nothing_is_handed_out_before_the_store_was_read()
    {
        var window = new ReadyWindow(10);
        window.Offer(Job(1));
        Assert.Null(window.Take());
        Assert.True(window.MoreInStore);
    }

    [Fact]
    public void Higher_priority_goes_first_then_the_longest_ready()
    {
        var window = new ReadyWindow(10);
        Read(window, 10);
        foreach (ReadyJob job in new[] { Job(3), Job(1), Job(5, JobPriority.Urgent), Job(2, JobPriority.Low), Job(4, JobPriority.High) }) window.Offer(job);
        Assert.Equal([5, 4, 1, 3, 2], TakeAll(window));
    }

    [Fact]
    public void A_full_window_leaves_later_jobs_to_the_store_and_never_passes_over_them()
    {
        var window = new ReadyWindow(2);
        Read(window, 2);
        for (int age = 0; age < 5; age++) window.Offer(Job(age));
        Assert.True(window.MoreInStore);
        Assert.Equal([0, 1], TakeAll(window));

        // A newer job must not overtake those that only the store has.
        window.Offer(Job(9));
        Assert.Null(window.Take());
        Read(window, 10, Job(0), Job(1), Job(2), Job(3), Job(4), Job(9));
        Assert.Equal([2, 3, 4, 9], TakeAll(window));
    }

    [Fact]
    public void A_window_full_of_later_jobs_asks_for_the_earlier_ones_that_it_refused()
    {
        var window = new ReadyWindow(3);
        Read(window, 3);
        foreach (int age in new[] { 5, 6, 7, 1 }) window.Offer(Job(age));
        Assert.Null(window.Take());
        Assert.True(window.NeedsRead(lowWater: 2));
        Read(window, 3, Job(1), Job(5), Job(6), Job(7));
        Assert.Equal([1, 5, 6, 7], TakeAll(window));
        Assert.False(window.NeedsRead(lowWater: 2));
    }

    [Fact]
    public void A_job_of_higher_priority_enters_although_the_store_has_more()
    {
        var window = new ReadyWindow(10);
        Read(window, 2, Job(0), Job(1), Job(2));
        window.Offer(Job(7, JobPriority.High));
        Assert.Equal(7, TakeAll(window)[0]);
    }

    [Fact]
    public void A_job_that_was_handed_out_is_not_read_in_again()
    {
        var window = new ReadyWindow(10);
        Read(window, 10, Job(0));
        Assert.Equal([0], TakeAll(window));
        window.Invalidate();
        Read(window, 10, Job(0), Job(1));
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void A_job_that_ends_while_the_store_is_read_is_not_taken_from_the_stale_answer()
    {
        var window = new ReadyWindow(10);
        Read(window, 10, Job(0));
        Assert.Equal([0], TakeAll(window));
        window.Invalidate();
        int asked = window.BeginRead(10);
        window.Settle(Job(0).Id);
        window.EndRead([Job(0), Job(1)]);
        Assert.True(asked >= 2);
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void A_job_committed_while_the_store_is_read_is_not_lost()
    {
        var window = new ReadyWindow(10);
        window.BeginRead(10);
        window.Offer(Job(3));
        window.EndRead([]);
        Assert.Equal([3], TakeAll(window));
    }

    [Fact]
    public void A_requeued_job_goes_out_with_its_new_token_once()
    {
        var window = new ReadyWindow(10);
        Read(window, 10, Job(0));
        ReadyJob first = window.Take()!;
        window.Settle(first.Id);
        window.Offer(first with { Fence = 1 });
        Assert.Equal(1, window.Take()!.Fence);
        Assert.Null(window.Take());
    }

    [Fact]
    public void A_settled_job_that_still_waits_is_not_handed_out()
    {
        var window = new ReadyWindow(10);
        Read(window, 10, Job(0), Job(1));
        window.Settle(Job(0).Id);
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void Whoever_watches_a_waiting_job_is_known_when_it_goes_out()
    {
        var window = new ReadyWindow(10);
        Read(window, 10, Job(0));
        Assert.True(window.Watch(Job(0).Id));
        Assert.False(window.Watch(Job(5).Id));
        Assert.True(window.Take()!.Watched);
    }

    [Fact]
    public void A_watched_job_that_comes_from_the_store_is_known_as_watched()
    {
        var window = new ReadyWindow(10);
        window.Offer(Job(0) with { Watched = true });
        Assert.False(window.Watch(Job(1).Id));
        Read(window, 10, Job(0), Job(1), Job(2));
        Assert.Equal([true, true, false], new[] { window.Take(), window.Take(), window.Take() }.Select(j => j!.Watched));
    }
}
