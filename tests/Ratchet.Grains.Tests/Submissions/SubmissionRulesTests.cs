using Ratchet.Grains.Submissions;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Submissions;

public class SubmissionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Submission Plain = new() { Task = "t", Input = "{}"u8.ToArray() };

    [Fact]
    public void A_life_is_refused_that_ends_before_the_job_may_run_or_is_said_twice()
    {
        var hour = TimeSpan.FromHours(1);
        Assert.Null(SubmissionRules.Check(Plain with { ExpiresIn = hour }, Now));
        Assert.Null(SubmissionRules.Check(Plain with { ExpiresIn = hour, Delay = hour / 2 }, Now));
        Submission[] wrong =
        [
            Plain with { ExpiresIn = TimeSpan.Zero },
            Plain with { ExpiresIn = TimeSpan.FromDays(Limits.DelayDays + 1) },
            Plain with { ExpiresIn = hour, Deadline = Now + hour },
            Plain with { ExpiresIn = hour, Delay = hour },
            Plain with { ExpiresIn = hour, RunAt = Now + hour },
        ];
        Assert.All(wrong, s => Assert.Equal("/expiresIn", SubmissionRules.Check(s, Now)?.Errors[0].Pointer));
    }

    [Fact]
    public void A_debounced_job_that_would_be_over_before_it_may_run_is_refused()
    {
        Submission debounced = Plain with { Debounce = new DebounceRule("k", TimeSpan.FromSeconds(5), null) };
        Assert.Null(SubmissionRules.Check(debounced with { ExpiresIn = TimeSpan.FromSeconds(6) }, Now));
        Assert.Null(SubmissionRules.Check(debounced with { Deadline = Now.AddSeconds(6) }, Now));
        Assert.Equal("/expiresIn", SubmissionRules.Check(debounced with { ExpiresIn = TimeSpan.FromSeconds(5) }, Now)?.Errors[0].Pointer);
        Assert.Equal("/deadline", SubmissionRules.Check(debounced with { Deadline = Now.AddSeconds(5) }, Now)?.Errors[0].Pointer);
    }

    [Fact]
    public void A_job_is_kept_for_ever_or_at_least_a_millisecond()
    {
        Assert.Null(SubmissionRules.Check(Plain with { Retention = TimeSpan.Zero }, Now));
        Assert.Null(SubmissionRules.Check(Plain with { Retention = TimeSpan.FromMilliseconds(1) }, Now));
        Assert.Equal("/retention", SubmissionRules.Check(Plain with { Retention = TimeSpan.FromMicroseconds(999) }, Now)?.Errors[0].Pointer);
    }

    [Fact]
    public void What_a_key_stands_for_has_nothing_of_the_clock_in_it()
    {
        Submission relative = Plain with { IdempotencyKey = "k", Delay = TimeSpan.FromMinutes(1), ExpiresIn = TimeSpan.FromHours(1), EscalateAfter = TimeSpan.FromMinutes(5) };
        Assert.Equal(new SubmissionDraft(relative).Fingerprint(), new SubmissionDraft(relative with { Watched = true, TraceParent = "00-1-2-00" }).Fingerprint());
        Assert.NotEqual(new SubmissionDraft(relative).Fingerprint(), new SubmissionDraft(relative with { ExpiresIn = TimeSpan.FromHours(2) }).Fingerprint());
        Assert.NotEqual(new SubmissionDraft(relative).Fingerprint(), new SubmissionDraft(relative with { Delay = TimeSpan.FromMinutes(2) }).Fingerprint());
    }
}
