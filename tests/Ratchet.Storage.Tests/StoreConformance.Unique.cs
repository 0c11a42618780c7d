using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private IUniqueStore Unique => fixture.Store.Unique;

    private Task<UniqueOutcome> InsertAsync(NewJob job, UniqueConflict conflict, TimeSpan? period = null) => Unique.InsertUniqueAsync(job, new UniqueRule("k", period, conflict), Cancel);

    [Fact]
    public async Task A_unique_key_is_held_until_its_job_ends()
    {
        NewJob first = Make.Job(queue), second = Make.Job(queue), third = Make.Job(queue);
        Assert.Null((await InsertAsync(first, UniqueConflict.Reject)).Holder);
        Assert.Equal(first.Id, (await InsertAsync(second, UniqueConflict.Reject)).Holder);
        Assert.Null(await Jobs.GetAsync(queue.Tenant, second.Id, Cancel));
        Assert.Equal(first.Id, (await InsertAsync(second, UniqueConflict.Existing)).Holder);
        await EndAsync(Make.Complete(first));
        Assert.Null((await InsertAsync(third, UniqueConflict.Reject)).Holder);
        Assert.Equal(JobState.Queued, (await GetAsync(third)).State);
    }

    [Fact]
    public async Task A_unique_key_with_a_period_is_held_for_it_whatever_its_job_does()
    {
        NewJob first = Make.Job(queue), soon = Make.Job(queue, Make.Noon.AddMinutes(9)), later = Make.Job(queue, Make.Noon.AddMinutes(11));
        await InsertAsync(first, UniqueConflict.Reject, TimeSpan.FromMinutes(10));
        await EndAsync(Make.Complete(first));
        Assert.Equal(first.Id, (await InsertAsync(soon, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
        Assert.Null((await InsertAsync(later, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
    }

    [Fact]
    public async Task A_replacing_job_cancels_the_holder_in_the_same_transaction()
    {
        NewJob first = Make.Job(queue), second = Make.Job(queue);
        await InsertAsync(first, UniqueConflict.Replace);
        UniqueOutcome outcome = await InsertAsync(second, UniqueConflict.Replace);
        Assert.Equal(new JobToReplace(first.Id, queue.Name), outcome.Replaced);
        Assert.Equal((JobState.Cancelled, JobState.Queued), ((await GetAsync(first)).State, (await GetAsync(second)).State));
        Assert.Contains(second.Id.ToString(), (await Jobs.ReadEventsAsync(queue.Tenant, first.Id, Cancel))[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_want_a_unique_key_at_once_one_gets_it()
    {
        UniqueOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => InsertAsync(Make.Job(queue), UniqueConflict.Existing)));
        JobId holder = Assert.Single(outcomes.Where(o => o.Holder is not null).Select(o => o.Holder!.Value).Distinct());
        Assert.Single(outcomes, o => o.Holder is null);
        Assert.NotNull(await Jobs.GetAsync(queue.Tenant, holder, Cancel));
    }

    [Fact]
    public async Task An_idempotency_key_goes_before_the_unique_key_which_is_then_not_taken()
    {
        NewJob first = Make.Job(queue) with { IdempotencyKey = "i", Fingerprint = "f" };
        await InsertAsync(first);
        UniqueOutcome outcome = await InsertAsync(Make.Job(queue) with { IdempotencyKey = "i", Fingerprint = "f" }, UniqueConflict.Reject);
        Assert.Equal(new InsertOutcome(first.Id, true), outcome.Insert);
        Assert.Null((await InsertAsync(Make.Job(queue), UniqueConflict.Reject)).Holder);
    }

    [Fact]
    public async Task Who_has_an_idempotency_key_is_found_within_its_window()
    {
        NewJob job = Make.Job(queue) with { IdempotencyKey = "find", Fingerprint = "f" };
        await InsertAsync(job);
        IReadOnlyDictionary<string, KeyHolder> found = await Unique.FindHoldersAsync(queue.Tenant, ["find", "nobody's"], Make.Noon.AddHours(23), Cancel);
        Assert.Equal([KeyValuePair.Create("find", new KeyHolder(job.Id, "f"))], found);
        Assert.Empty(await Unique.FindHoldersAsync(queue.Tenant, ["find"], Make.Noon.AddHours(24), Cancel));
        Assert.Empty(await Unique.FindHoldersAsync(queue.Tenant + "-other", ["find"], Make.Noon, Cancel));
    }

    [Fact]
    public async Task A_debounced_job_is_put_off_with_the_latest_input_and_not_beyond_the_longest_delay()
    {
        var rule = new DebounceRule("d", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25));
        NewJob Submit(int second) => Make.Job(queue, Make.Noon.AddSeconds(second)) with { DueAt = Make.Noon.AddSeconds(second + 10), Input = Encoding.UTF8.GetBytes($"{{\"n\":{second}}}") };
        NewJob first = Submit(0);
        Assert.Null((await Unique.InsertDebouncedAsync(first, rule, Cancel)).Holder);
        foreach ((int second, int due) in new[] { (5, 15), (12, 22), (20, 25) })
        {
            Assert.Equal(first.Id, (await Unique.InsertDebouncedAsync(Submit(second), rule, Cancel)).Holder);
            JobView view = await GetAsync(first);
            Assert.Equal((Make.Noon.AddSeconds(due), $"{{\"n\":{second}}}"), (view.DueAt!.Value, Encoding.UTF8.GetString(view.Input!)));
        }

        await Jobs.PromoteDueAsync(queue, Make.Noon.AddSeconds(30), 10, Cancel);
        NewJob next = Submit(31);
        Assert.Null((await Unique.InsertDebouncedAsync(next, rule, Cancel)).Holder);
        Assert.Equal(JobState.Scheduled, (await GetAsync(next)).State);
    }

    [Fact]
    public async Task Of_debounced_submits_the_last_one_counts_as_a_whole()
    {
        NewJob first = Debounced(0) with { IdempotencyKey = "own", Fingerprint = "f", Deadline = Make.Noon.AddSeconds(12), FairnessKey = "a", Retention = TimeSpan.FromDays(1) };
        Assert.Null((await DebounceAsync(first)).Holder);
        NewJob last = Debounced(5) with
        {
            Task = first.Task with { Version = "2.0.0", Digest = new string('b', 64) },
            Queue = new QueueKey(queue.Tenant, queue.Name + "-other"),
            Priority = JobPriority.High,
            MaxAttempts = 7,
            Deadline = Make.Noon.AddSeconds(60),
            EscalateAt = Make.Noon.AddSeconds(18),
            EscalateTo = JobPriority.Urgent,
            ConcurrencyKey = "c",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Options = new JobOptions { Timeout = TimeSpan.FromSeconds(3) },
            Actor = "someone",
        };
        Assert.Equal(first.Id, (await DebounceAsync(last)).Holder);
        Assert.Null(await Jobs.GetAsync(queue.Tenant, last.Id, Cancel));
        JobView view = await GetAsync(first);
        Assert.Equal(("2.0.0", last.Queue.Name, JobPriority.High, 7, first.CreatedAt), (view.TaskVersion, view.Queue, view.Priority, view.MaxAttempts, view.CreatedAt));
        Assert.Equal((last.DueAt, last.Deadline, last.EscalateAt, null, "c", "own"), (view.DueAt, view.Deadline, view.EscalateAt, view.FairnessKey, view.ConcurrencyKey, view.IdempotencyKey));
        JobEvent noted = (await Jobs.ReadEventsAsync(queue.Tenant, first.Id, Cancel))[^1];
        Assert.Equal(("debounce", "someone", last.CreatedAt), (noted.Transition, noted.Actor, noted.At));

        // Whoever read the deadline before it was renewed does not end it by that.
        Assert.Equal([false], await MoveAsync(Make.Move(first, JobTransition.Expire, fence: 0)));
        Assert.Empty(await Jobs.PromoteDueAsync(queue, Make.Noon.AddHours(1), 10, Cancel));
        ReadyJob ready = Assert.Single(await Jobs.PromoteDueAsync(last.Queue, Make.Noon.AddHours(1), 10, Cancel));
        Assert.Equal((first.Id, last.Task, last.Lane, last.Rank, last.Options, last.TraceParent), (ready.Id, ready.Task, ready.Lane, ready.Rank, ready.Options, ready.TraceParent));
    }

    [Fact]
    public async Task A_debounce_key_belongs_to_its_task()
    {
        NewJob first = Debounced(0), other = Debounced(1) with { Task = first.Task with { Name = "another" } };
        Assert.Null((await DebounceAsync(first)).Holder);
        Assert.Null((await DebounceAsync(other)).Holder);
        Assert.Equal(("echo", "another"), ((await GetAsync(first)).Task, (await GetAsync(other)).Task));
        Assert.Equal(first.Id, (await DebounceAsync(Debounced(2))).Holder);
    }

    [Fact]
    public async Task An_escalation_of_a_debounced_job_counts_from_when_it_runs()
    {
        NewJob first = Debounced(0);
        await DebounceAsync(first, longest: 12);
        await DebounceAsync(Debounced(8) with { EscalateAt = Make.Noon.AddSeconds(8 + 10 + 60) }, longest: 12);
        JobView view = await GetAsync(first);
        Assert.Equal((Make.Noon.AddSeconds(12), Make.Noon.AddSeconds(72)), (view.DueAt!.Value, view.EscalateAt!.Value));
    }

    [Fact]
    public async Task An_idempotency_key_stands_for_the_job_that_was_the_answer()
    {
        NewJob Keyed(NewJob job, string key, string fingerprint) => job with { IdempotencyKey = key, Fingerprint = fingerprint };
        NewJob holder = Make.Job(queue), next = Make.Job(queue);
        await InsertAsync(holder, UniqueConflict.Reject);
        Assert.Null((await InsertAsync(Keyed(Make.Job(queue), "rejected", "f"), UniqueConflict.Reject)).Insert.Existing);
        Assert.Equal(holder.Id, (await InsertAsync(Keyed(Make.Job(queue), "existing", "f"), UniqueConflict.Existing)).Holder);
        await EndAsync(Make.Complete(holder));
        Assert.Equal(new UniqueOutcome(new InsertOutcome(holder.Id, true)), await InsertAsync(Keyed(Make.Job(queue), "existing", "f"), UniqueConflict.Existing));
        Assert.Equal(new UniqueOutcome(new InsertOutcome(holder.Id, false)), await InsertAsync(Keyed(Make.Job(queue), "existing", "g"), UniqueConflict.Existing));
        // One that was refused got nothing, and may come again.
        Assert.Equal(new UniqueOutcome(InsertOutcome.Inserted), await InsertAsync(Keyed(next, "rejected", "f"), UniqueConflict.Reject));

        NewJob waiting = Debounced(0);
        await DebounceAsync(waiting);
        Assert.Equal(waiting.Id, (await DebounceAsync(Keyed(Debounced(1), "put off", "f"))).Holder);
        await DebounceAsync(Debounced(2));
        Assert.Equal(new UniqueOutcome(new InsertOutcome(waiting.Id, true)), await DebounceAsync(Keyed(Debounced(3), "put off", "f")));
        Assert.Equal(new UniqueOutcome(new InsertOutcome(waiting.Id, false)), await DebounceAsync(Keyed(Debounced(3), "put off", "g")));
        Assert.Equal(Make.Noon.AddSeconds(12), (await GetAsync(waiting)).DueAt);
        Assert.Equal(new KeyHolder(waiting.Id, "f"), (await Unique.FindHoldersAsync(queue.Tenant, ["put off"], Make.Noon.AddHours(1), Cancel))["put off"]);
    }

    [Fact]
    public async Task Of_many_with_one_idempotency_key_one_puts_the_job_off()
    {
        NewJob waiting = Debounced(0);
        await DebounceAsync(waiting);
        UniqueOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(second => DebounceAsync(Debounced(second) with { IdempotencyKey = "many", Fingerprint = "f" })));
        Assert.Equal(waiting.Id, Assert.Single(outcomes, o => o.Holder is not null).Holder);
        Assert.Equal(7, outcomes.Count(o => o == new UniqueOutcome(new InsertOutcome(waiting.Id, true))));
        Assert.Single(await Jobs.ReadEventsAsync(queue.Tenant, waiting.Id, Cancel), e => e.Transition == "debounce");
    }

    [Fact]
    public async Task A_move_with_a_key_is_made_once()
    {
        NewJob job = Make.Job(queue);
        await InsertAsync(job);
        Assert.Equal(MoveOutcome.Refused, await RedriveAsync(job, "m"));
        await MoveAsync(Make.Move(job, JobTransition.Cancel));
        Assert.Equal(MoveOutcome.Moved, await RedriveAsync(job, "m"));
        await MoveAsync(Make.Move(job, JobTransition.Cancel));
        Assert.Equal(MoveOutcome.Before, await RedriveAsync(job, "m"));
        KeyedMove other = await Unique.MoveAsync(queue.Tenant, Make.Move(job, JobTransition.Redrive), new IdempotentMove("m", "another"), Cancel);
        Assert.Equal(MoveOutcome.Conflict, other.Outcome);
        Assert.Equal(JobState.Cancelled, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task A_job_is_not_brought_back_while_another_one_holds_its_unique_key()
    {
        NewJob first = Make.Job(queue), second = Make.Job(queue);
        await InsertAsync(first, UniqueConflict.Reject);
        await MoveAsync(Make.Move(first, JobTransition.Cancel));
        await InsertAsync(second, UniqueConflict.Reject);
        KeyedMove refused = await Unique.MoveAsync(queue.Tenant, Make.Move(first, JobTransition.Redrive), new IdempotentMove("again", "redrive"), Cancel);
        Assert.Equal(new KeyedMove(MoveOutcome.UniqueKeyHeld, "k", second.Id), refused);
        Assert.Equal(JobState.Cancelled, (await GetAsync(first)).State);
        await MoveAsync(Make.Move(second, JobTransition.Cancel));
        // The idempotency key of the refused one is free.
        Assert.Equal(MoveOutcome.Moved, await RedriveAsync(first, "again"));
        Assert.Equal((JobState.Queued, "k"), ((await GetAsync(first)).State, (await GetAsync(first)).UniqueKey));
    }

    [Fact]
    public async Task A_job_that_is_brought_back_holds_its_unique_key_again()
    {
        NewJob first = Make.Job(queue), second = Make.Job(queue), third = Make.Job(queue);
        await InsertAsync(first, UniqueConflict.Reject);
        await MoveAsync(Make.Move(first, JobTransition.Cancel));
        await InsertAsync(second, UniqueConflict.Reject);
        await EndAsync(Make.Complete(second));
        Assert.Equal(MoveOutcome.Moved, await RedriveAsync(first, null));
        Assert.Equal(first.Id, (await InsertAsync(third, UniqueConflict.Reject)).Holder);
        // A repeat of the same is told so, although the key is its own.
        Assert.Equal(MoveOutcome.Refused, await RedriveAsync(first, null));
    }

    [Fact]
    public async Task A_period_counts_from_the_submit_and_a_retry_does_not_prolong_it()
    {
        NewJob first = Make.Job(queue), soon = Make.Job(queue, Make.Noon.AddMinutes(9)), later = Make.Job(queue, Make.Noon.AddMinutes(11));
        await InsertAsync(first, UniqueConflict.Reject, TimeSpan.FromMinutes(10));
        await EndAsync(Make.End(first, JobTransition.Fail));
        Assert.Equal(MoveOutcome.Moved, await RedriveAsync(first, null, Make.Noon.AddMinutes(8)));
        Assert.Equal(first.Id, (await InsertAsync(soon, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
        Assert.Null((await InsertAsync(later, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
    }

    [Fact]
    public async Task A_job_that_is_brought_back_after_its_period_holds_its_key_until_its_end()
    {
        NewJob first = Make.Job(queue), beside = Make.Job(queue, Make.Noon.AddMinutes(12)), after = Make.Job(queue, Make.Noon.AddMinutes(13));
        await InsertAsync(first, UniqueConflict.Reject, TimeSpan.FromMinutes(10));
        await MoveAsync(Make.Move(first, JobTransition.Cancel));
        Assert.Equal(MoveOutcome.Moved, await RedriveAsync(first, null, Make.Noon.AddMinutes(11)));
        Assert.Equal(first.Id, (await InsertAsync(beside, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
        await MoveAsync(Make.Move(first, JobTransition.Cancel));
        Assert.Null((await InsertAsync(after, UniqueConflict.Reject, TimeSpan.FromMinutes(10))).Holder);
    }

    [Fact]
    public async Task Of_a_retry_and_a_submit_that_want_one_unique_key_at_once_one_gets_it()
    {
        for (int round = 0; round < 10; round++)
        {
            string key = $"race-{round}";
            NewJob old = Make.Job(queue), fresh = Make.Job(queue) with { IdempotencyKey = key, Fingerprint = "redrive" };
            await Unique.InsertUniqueAsync(old, new UniqueRule(key, null, UniqueConflict.Reject), Cancel);
            await MoveAsync(Make.Move(old, JobTransition.Cancel));
            Task<KeyedMove> retry = Unique.MoveAsync(queue.Tenant, Make.Move(old, JobTransition.Redrive), new IdempotentMove($"other-{round}", "redrive"), Cancel);
            Task<UniqueOutcome> submit = Unique.InsertUniqueAsync(fresh, new UniqueRule(key, null, UniqueConflict.Reject), Cancel);
            await Task.WhenAll(retry, submit);
            bool retried = (await retry).Outcome == MoveOutcome.Moved, inserted = (await submit).Holder is null;
            Assert.True(retried ^ inserted, $"retried: {retried}, inserted: {inserted}");
        }
    }

    private async Task<MoveOutcome> RedriveAsync(NewJob job, string? key, DateTimeOffset? at = null) =>
        (await Unique.MoveAsync(queue.Tenant, Make.Move(job, JobTransition.Redrive) with { At = at ?? Make.Noon.AddMinutes(1) }, key is null ? null : new IdempotentMove(key, "redrive"), Cancel)).Outcome;

    private NewJob Debounced(int second) => Make.Job(queue, Make.Noon.AddSeconds(second)) with { DueAt = Make.Noon.AddSeconds(second + 10) };

    private Task<UniqueOutcome> DebounceAsync(NewJob job, int? longest = null) =>
        Unique.InsertDebouncedAsync(job, new DebounceRule("d", TimeSpan.FromSeconds(10), longest is { } most ? TimeSpan.FromSeconds(most) : null), Cancel);
}
