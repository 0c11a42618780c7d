using Ratchet.Grains.Queues;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Queues;

public class ReadyWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaskReference Task = new("t", "1.0.0", "d");

    private static ReadyJob Job(int age, JobPriority priority = JobPriority.Normal, long fence = 0, string? fairness = null, string task = "t") => new()
    {
        Id = new JobId(new Guid(age + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)),
        Task = Task with { Name = task },
        Priority = priority,
        ReadyAt = Start.AddMilliseconds(age),
        Fence = fence,
        Attempts = 0,
        MaxAttempts = 3,
        LostWorkers = 0,
        Lane = new LaneKey(task, fairness).Text,
        Rank = priority.Rank(Start.AddMilliseconds(age)),
    };

    private static IEnumerable<ReadyJob> Jobs(int from, int count) => Enumerable.Range(from, count).Select(age => Job(age));

    /// <summary>The store's answer, of which the window gets as many rows of each lane as it asked for.</summary>
    private static void Read(ReadyWindow window, params ReadyJob[] rows)
    {
        window.AddLanes([.. rows.Select(r => r.Lane).Append("t").Distinct()], last: true);
        IReadOnlyList<LaneRead> asked = window.BeginRead();
        window.EndRead([.. asked.SelectMany(a => rows.Where(r => r.Lane == a.Lane && ReadyOrder.Of(r) >= new ReadyOrder(a.Rank, a.Id)).Take(a.Want))]);
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
    public void A_job_that_is_queued_again_before_the_end_of_its_attempt_is_known_goes_when_it_is()
    {
        var window = new ReadyWindow(10);
        Read(window);
        window.Offer(Job(0));
        ReadyJob out1 = window.Take()!;
        window.Offer(Job(0, fence: 2));
        Assert.Null(window.Take());
        window.Settle(out1.Id, out1.Fence);
        Assert.Equal(2, window.Take()!.Fence);
        // The same news once more, late: nothing that is handed out now is over.
        window.Settle(out1.Id, out1.Fence);
        Assert.True(window.IsOut(Job(0, fence: 2)));
    }

    [Fact]
    public void The_end_of_an_attempt_does_not_hide_what_a_read_says_of_the_next()
    {
        var window = new ReadyWindow(10);
        window.AddLanes(["t"], last: true);
        window.BeginRead();
        window.Settle(Job(0).Id, 0);
        window.Settle(Job(1).Id, 0);
        window.EndRead([Job(0), Job(1, fence: 2)]);
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void Lanes_that_were_read_before_the_store_changed_are_not_taken_for_all()
    {
        var window = new ReadyWindow(10);
        window.BeginRead();
        window.Invalidate();
        window.AddLanes(["t"], last: true);
        window.EndRead([]);
        Assert.False(window.LanesKnown);
        window.BeginRead();
        window.AddLanes(["t", "u"], last: true);
        window.EndRead([]);
        Assert.True(window.LanesKnown);
    }

    [Fact]
    public void A_job_offered_behind_the_frontier_during_a_read_outlives_the_end_of_its_earlier_attempt()
    {
        var window = new ReadyWindow(10);
        window.AddLanes(["t"], last: true);
        window.BeginRead();
        window.Offer(Job(0, fence: 2));
        window.Offer(Job(1, fence: 2));
        window.Settle(Job(0).Id, 0);
        window.Settle(Job(1).Id, 2);
        window.EndRead([]);
        Assert.Equal([0], TakeAll(window));
    }

    [Fact]
    public void A_job_that_comes_back_from_a_node_is_taken_as_it_is_queued_now()
    {
        var window = new ReadyWindow(10);
        Read(window);
        window.Offer(Job(0));
        ReadyJob taken = window.Take()!;
        window.Offer(Job(0, fence: 2));
        window.Return(taken);
        Assert.Equal(2, window.Take()!.Fence);
        Assert.Null(window.Take());
    }

    [Fact]
    public void Higher_priority_goes_first_then_the_longest_ready()
    {
        var window = new ReadyWindow(10);
        Read(window);
        foreach (ReadyJob job in new[] { Job(3), Job(1), Job(5, JobPriority.Urgent), Job(2, JobPriority.Low), Job(4, JobPriority.High) }) window.Offer(job);
        Assert.Equal([5, 4, 1, 3, 2], TakeAll(window));
    }

    [Fact]
    public void A_full_window_leaves_later_jobs_to_the_store_and_never_passes_over_them()
    {
        var window = new ReadyWindow(16);
        Read(window);
        foreach (ReadyJob job in Jobs(0, 20)) window.Offer(job);
        Assert.True(window.MoreInStore);
        Assert.Equal(Enumerable.Range(0, 16), TakeAll(window));

        // A newer job must not overtake those that only the store has.
        window.Offer(Job(90));
        Assert.Null(window.Take());
        Read(window, [.. Jobs(0, 20), Job(90)]);
        Assert.Equal([16, 17, 18, 19, 90], TakeAll(window));
    }

    [Fact]
    public void A_window_full_of_later_jobs_asks_for_the_earlier_ones_that_it_refused()
    {
        var window = new ReadyWindow(16);
        Read(window);
        foreach (ReadyJob job in Jobs(5, 16).Append(Job(1))) window.Offer(job);
        Assert.Null(window.Take());
        Assert.True(window.NeedsRead);
        Read(window, [Job(1), .. Jobs(5, 16)]);
        // As many as fit: what comes after the last row is not certain, though most of it is here.
        Assert.Equal([1, .. Enumerable.Range(5, 14)], TakeAll(window));
        Read(window, Jobs(5, 16).ToArray());
        Assert.Equal([19, 20], TakeAll(window));
        Assert.False(window.NeedsRead);
    }

    [Fact]
    public void A_job_of_higher_priority_enters_although_the_store_has_more()
    {
        var window = new ReadyWindow(16);
        Read(window, [.. Jobs(0, 40)]);
        Assert.True(window.MoreInStore);
        window.Take();
        window.Offer(Job(77, JobPriority.High));
        Assert.Equal(77, TakeAll(window)[0]);
    }

    [Fact]
    public void A_job_that_was_handed_out_is_not_read_in_again()
    {
        var window = new ReadyWindow(10);
        Read(window, Job(0));
        Assert.Equal([0], TakeAll(window));
        window.Invalidate();
        Read(window, Job(0), Job(1));
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void A_job_that_ends_while_the_store_is_read_is_not_taken_from_the_stale_answer()
    {
        var window = new ReadyWindow(10);
        Read(window, Job(0));
        Assert.Equal([0], TakeAll(window));
        window.Invalidate();
        window.AddLanes(["t"], last: true);
        Assert.True(Assert.Single(window.BeginRead()).Want >= 2);
        window.Settle(Job(0).Id);
        window.EndRead([Job(0), Job(1)]);
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void A_job_committed_while_the_store_is_read_is_not_lost()
    {
        var window = new ReadyWindow(10);
        window.AddLanes(["t"], last: true);
        window.BeginRead();
        window.Offer(Job(3));
        window.EndRead([]);
        Assert.Equal([3], TakeAll(window));
    }

    [Fact]
    public void A_requeued_job_goes_out_with_its_new_token_once()
    {
        var window = new ReadyWindow(10);
        Read(window, Job(0));
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
        Read(window, Job(0), Job(1));
        window.Settle(Job(0).Id);
        Assert.Equal([1], TakeAll(window));
    }

    [Fact]
    public void Whoever_watches_a_waiting_job_is_known_when_it_goes_out()
    {
        var window = new ReadyWindow(10);
        Read(window, Job(0));
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
        Read(window, Job(0), Job(1), Job(2));
        Assert.Equal([true, true, false], new[] { window.Take(), window.Take(), window.Take() }.Select(j => j!.Watched));
    }

    [Fact]
    public void A_burst_of_one_key_does_not_hold_up_another_keys_job()
    {
        var window = new ReadyWindow(1_000);
        Read(window);
        for (int age = 0; age < 500; age++) window.Offer(Job(age, fairness: "burst"));
        window.Take();
        window.Offer(Job(9_000, fairness: "single"));
        int[] next = [.. new[] { window.Take(), window.Take() }.Select(j => (int)(j!.ReadyAt - Start).TotalMilliseconds)];
        Assert.Contains(9_000, next);
    }

    [Fact]
    public void A_burst_that_fills_the_window_leaves_room_for_every_other_lane()
    {
        var window = new ReadyWindow(100);
        Read(window);
        for (int age = 0; age < 1_000; age++) window.Offer(Job(age, fairness: "burst"));
        Assert.True(window.Waiting <= 100);
        window.Offer(Job(9_000, fairness: "single"));
        Assert.Equal(101, window.Waiting);
    }

    [Fact]
    public void Turns_go_by_weight()
    {
        var window = new ReadyWindow(1_000);
        window.SetWeight("heavy", 3);
        Read(window);
        for (int age = 0; age < 100; age++) window.Offer(Job(age, fairness: "light"));
        for (int age = 100; age < 200; age++) window.Offer(Job(age, fairness: "heavy"));
        Assert.InRange(Enumerable.Range(0, 40).Count(_ => window.Take()!.Lane.Contains("heavy", StringComparison.Ordinal)), 29, 31);
    }

    [Fact]
    public void A_key_that_comes_back_does_not_get_the_turns_it_did_not_need()
    {
        var window = new ReadyWindow(1_000);
        Read(window);
        for (int age = 0; age < 100; age++) window.Offer(Job(age, fairness: "steady"));
        for (int i = 0; i < 50; i++) window.Take();
        for (int age = 100; age < 150; age++) window.Offer(Job(age, fairness: "late"));
        Assert.InRange(Enumerable.Range(0, 20).Count(_ => window.Take()!.Lane.Contains("late", StringComparison.Ordinal)), 9, 11);
    }

    [Fact]
    public void Tasks_without_keys_keep_one_order()
    {
        var window = new ReadyWindow(100);
        Read(window);
        for (int age = 0; age < 6; age++) window.Offer(Job(age, task: age % 2 == 0 ? "t" : "u"));
        Assert.Equal([0, 1, 2, 3, 4, 5], TakeAll(window));
    }

    [Fact]
    public void A_lane_that_is_held_up_lets_the_others_pass_and_goes_on_where_it_was()
    {
        var window = new ReadyWindow(100, lane => lane.Key.Task == "t" ? new Hold(WaitCause.TaskPaused, "t") : null);
        Read(window);
        for (int age = 0; age < 6; age++) window.Offer(Job(age, task: age % 2 == 0 ? "t" : "u"));
        Assert.Equal([1, 3, 5], TakeAll(window));
        window.SetHold(window.Find("t")!, null);
        Assert.Equal([0, 2, 4], TakeAll(window));
    }

    [Fact]
    public void A_job_whose_rank_changes_while_it_waits_takes_its_new_place()
    {
        var window = new ReadyWindow(100);
        Read(window, Job(0), Job(1), Job(2));
        window.Rerank(Job(2, JobPriority.Urgent));
        Assert.Equal([2, 0, 1], TakeAll(window));
    }

    [Fact]
    public void Nothing_of_a_lane_is_handed_out_before_it_was_looked_for_in_the_store()
    {
        var window = new ReadyWindow(100);
        window.Offer(Job(5, fairness: "late"));
        Assert.Null(window.Take());
        Read(window, Job(3, fairness: "late"), Job(5, fairness: "late"));
        Assert.Equal([3, 5], TakeAll(window));
    }

    [Fact]
    public void What_all_lanes_have_together_is_right_whatever_was_done_to_them()
    {
        var random = new Random(11);
        var window = new ReadyWindow(40);
        Lane? forgotten = null;
        for (int step = 0; step < 5_000; step++)
        {
            int age = random.Next(60);
            switch (random.Next(6))
            {
                case 0: window.Offer(Job(age, fairness: $"k{age % 7}")); break;
                case 1: Read(window, [.. Enumerable.Range(age, 5).Select(a => Job(a, fairness: $"k{a % 7}"))]); break;
                case 2: window.Take(); break;
                case 3: window.Settle(Job(age).Id); break;
                case 4 when window.Lanes.Count > 0: window.SetHold(forgotten = window.Lanes.ElementAt(random.Next(window.Lanes.Count)), step % 2 == 0 ? null : new Hold(WaitCause.KeyLimit, "k")); break;
                // Whoever asked a keeper of limits for it may still have a lane that is gone by now.
                default: if (forgotten is not null && !window.Lanes.Contains(forgotten)) window.SetHold(forgotten, new Hold(WaitCause.KeyLimit, "k")); break;
            }

            Assert.Equal(window.Lanes.Count(l => l.Hold is not null), window.Held);
            Assert.Equal(!window.LanesKnown || window.Lanes.Any(l => l.MoreInStore), window.MoreInStore);
        }
    }

    [Fact]
    public void Lanes_without_jobs_are_forgotten()
    {
        var window = new ReadyWindow(100);
        Read(window);
        for (int age = 0; age < 1_000; age++) window.Offer(Job(age, fairness: $"key {age}"));
        Assert.Equal(1_000, TakeAll(window).Count);
        for (int age = 0; age < 1_000; age++) window.Settle(Job(age).Id);
        Assert.InRange(window.Lanes.Count, 0, 1);
        Assert.Equal(0, window.Known);
    }
}
