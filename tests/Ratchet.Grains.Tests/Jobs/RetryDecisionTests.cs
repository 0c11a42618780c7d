using Ratchet.Grains.Jobs;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Jobs;

public class RetryDecisionTests
{
    private static readonly RetryPolicy Policy = new() { InitialDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(30), Jitter = false };

    private static ReadyJob Job(int attempts = 0, int lost = 0, int max = 5) => new()
    {
        Id = new JobId(Guid.AllBitsSet),
        Task = new TaskReference("t", "1.0.0", "d"),
        Priority = JobPriority.Normal,
        ReadyAt = default,
        Fence = 0,
        Attempts = attempts,
        MaxAttempts = max,
        LostWorkers = lost,
        Lane = "t",
        Rank = default,
    };

    private static Failure Thrown(string name, string? details = null) => new(FailureKind.TaskError, name, "m", null, details);

    private static Failure Of(FailureKind kind) => new(kind, kind.ToString(), "m");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    public void Waits_double_from_one_attempt_to_the_next(int attempts, int seconds)
    {
        var decision = RetryDecision.For(Job(attempts), Thrown("NetworkError"), Policy, TimeSpan.Zero, () => 0);
        Assert.Equal(JobTransition.Retry, decision.Transition);
        Assert.Equal(TimeSpan.FromSeconds(seconds), decision.Delay);
    }

    [Fact]
    public void No_wait_is_longer_than_the_longest() =>
        Assert.Equal(TimeSpan.FromSeconds(30), RetryDecision.For(Job(8, max: 50), Thrown("NetworkError"), Policy, TimeSpan.Zero, () => 0).Delay);

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 1.0)]
    public void Full_jitter_is_uniform_below_the_bound(double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDecision.For(Job(), Thrown("NetworkError"), Policy with { Jitter = true }, TimeSpan.Zero, () => chance).Delay);

    [Fact]
    public void The_last_attempt_fails_the_job()
    {
        var decision = RetryDecision.For(Job(attempts: 4), Thrown("NetworkError"), Policy, TimeSpan.Zero, () => 0);
        Assert.Equal((JobTransition.Fail, 5, null), (decision.Transition, decision.AttemptsUsed, decision.Delay));
    }

    [Theory]
    [InlineData(FailureKind.InvalidInput)]
    [InlineData(FailureKind.InvalidOutput)]
    [InlineData(FailureKind.ConfigurationError)]
    public void Kinds_that_no_attempt_mends_are_not_retried(FailureKind kind) =>
        Assert.Equal(JobTransition.Fail, RetryDecision.For(Job(), Of(kind), Policy, TimeSpan.Zero, () => 0).Transition);

    [Theory]
    [InlineData("DataError")]
    [InlineData("ValidationError")]
    [InlineData("ConfigurationError")]
    [InlineData("AuthenticationError")]
    [InlineData("AuthorizationError")]
    public void Errors_that_no_attempt_mends_are_not_retried_unless_the_task_says_so(string name)
    {
        Assert.Equal(JobTransition.Fail, RetryDecision.For(Job(), Thrown(name), Policy, TimeSpan.Zero, () => 0).Transition);
        Assert.Equal(JobTransition.Retry, RetryDecision.For(Job(), Thrown(name), Policy with { RetryOn = [name] }, TimeSpan.Zero, () => 0).Transition);
    }

    [Theory]
    [InlineData(FailureKind.Timeout)]
    [InlineData(FailureKind.OutOfMemory)]
    public void Timeouts_and_memory_are_retried_unless_the_task_says_not(FailureKind kind)
    {
        Assert.Equal(JobTransition.Retry, RetryDecision.For(Job(), Of(kind), Policy, TimeSpan.Zero, () => 0).Transition);
        Assert.Equal(JobTransition.Fail, RetryDecision.For(Job(), Of(kind), Policy with { NoRetryOn = [kind.ToString()] }, TimeSpan.Zero, () => 0).Transition);
    }

    [Fact]
    public void A_lost_worker_uses_up_no_attempt_and_the_third_quarantines()
    {
        var first = RetryDecision.For(Job(attempts: 4), Of(FailureKind.WorkerLost), Policy, TimeSpan.Zero, () => 0);
        Assert.Equal((JobTransition.Release, 4, 1), (first.Transition, first.AttemptsUsed, first.LostWorkers));
        // The third lost worker leads to one more attempt, alone in a process; that one decides.
        var third = RetryDecision.For(Job(lost: 2), Of(FailureKind.WorkerLost), Policy, TimeSpan.Zero, () => 0);
        Assert.Equal((JobTransition.Release, 3), (third.Transition, third.LostWorkers));
        Assert.True(Job(lost: 3).Alone);
        Assert.Equal(JobTransition.Quarantine, RetryDecision.For(Job(lost: 3), Of(FailureKind.WorkerLost), Policy, TimeSpan.Zero, () => 0).Transition);
    }

    [Fact]
    public void A_task_may_say_when_to_try_again() =>
        Assert.Equal(TimeSpan.FromSeconds(42), RetryDecision.For(Job(), Thrown("RateLimitError", """{"retryAfter":42}"""), Policy, TimeSpan.Zero, () => 0).Delay);

    [Theory]
    [InlineData("""{"retryAfter":-1}""")]
    [InlineData("""{"retryAfter":"soon"}""")]
    [InlineData("""{"status":503}""")]
    public void A_wish_that_makes_no_sense_leaves_the_policy_in_force(string details) =>
        Assert.Equal(TimeSpan.FromSeconds(2), RetryDecision.For(Job(), Thrown("HttpError", details), Policy, TimeSpan.Zero, () => 0).Delay);

    [Theory]
    [InlineData(BackoffStrategy.Fixed, 2, 2, 2)]
    [InlineData(BackoffStrategy.Linear, 2, 4, 6)]
    [InlineData(BackoffStrategy.Exponential, 2, 6, 18)]
    public void Waits_grow_by_the_strategy(BackoffStrategy strategy, int first, int second, int third)
    {
        RetryPolicy policy = Policy with { Strategy = strategy, InitialDelay = TimeSpan.FromSeconds(2), Factor = 3, MaxDelay = TimeSpan.FromHours(1), Jitter = false };
        Assert.Equal(
            [first, second, third],
            Enumerable.Range(0, 3).Select(used => (int)RetryDecision.For(Job(used, max: 50), Thrown("NetworkError"), policy, TimeSpan.Zero, () => 0).Delay!.Value.TotalSeconds));
    }

    [Fact]
    public void A_list_of_waits_is_gone_through_and_its_last_one_stays()
    {
        RetryPolicy policy = Policy with { Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)] };
        Assert.Equal([1, 5, 5], Enumerable.Range(0, 3).Select(used => (int)RetryDecision.For(Job(used, max: 50), Thrown("NetworkError"), policy, TimeSpan.Zero, () => 0.5).Delay!.Value.TotalSeconds));
    }

    [Fact]
    public void No_attempt_starts_after_the_longest_time_in_all()
    {
        RetryPolicy policy = Policy with { MaxElapsed = TimeSpan.FromSeconds(10), Delays = [TimeSpan.FromSeconds(4)] };
        Assert.Equal(JobTransition.Retry, RetryDecision.For(Job(), Thrown("NetworkError"), policy, TimeSpan.FromSeconds(6), () => 0).Transition);
        Assert.Equal(JobTransition.Fail, RetryDecision.For(Job(), Thrown("NetworkError"), policy, TimeSpan.FromSeconds(6.1), () => 0).Transition);
    }
}
