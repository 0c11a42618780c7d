using System.Text;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Submissions;

/// <summary>What a submission may say of its times, limits and policies.</summary>
public class SubmitFieldsTests
{
    private static Submission Read(string fields) => SubmitRequest.Read(Encoding.UTF8.GetBytes($$"""{"task":"t","input":{},{{fields}}}"""));

    [Fact]
    public void Times_are_instants_and_durations()
    {
        Submission read = Read("""
            "delay":"1h30m", "deadline":"2026-03-02T00:00:00Z", "timeout":2.5, "escalateAfter":90, "escalateTo":"high", "retention":"7d"
            """);
        Assert.Equal((TimeSpan.FromMinutes(90), TimeSpan.FromSeconds(2.5)), (read.Delay, read.Timeout));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), read.Deadline);
        Assert.Equal((TimeSpan.FromSeconds(90), JobPriority.High, TimeSpan.FromDays(7)), (read.EscalateAfter, read.EscalateTo, read.Retention));
    }

    [Fact]
    public void Expires_in_stays_a_length_of_time_until_the_job_is_accepted()
    {
        Submission read = Read("""
            "expiresIn":"5m", "idempotencyKey":"k"
            """);
        Assert.Equal((TimeSpan.FromMinutes(5), null), (read.ExpiresIn, read.Deadline));
    }

    [Theory]
    [InlineData("\"cache\":false", true)]
    [InlineData("\"cache\":true", false)]
    [InlineData("\"queue\":\"q\"", false)]
    public void A_job_may_opt_out_of_its_tasks_cache(string field, bool without) => Assert.Equal(without, Read(field).NoCache);

    [Fact]
    public void Keys_and_their_limits()
    {
        Submission read = Read("""
            "fairnessKey":"f", "concurrencyKey":"c/1", "concurrencyLimit":3, "rateKey":"r", "rateLimit":{"count":10,"window":"1m"}
            """);
        Assert.Equal(("f", "c/1", 3, "r"), (read.FairnessKey, read.ConcurrencyKey, read.ConcurrencyLimit, read.RateKey));
        Assert.Equal(new RateLimit(10, TimeSpan.FromMinutes(1)), read.RateLimit);
    }

    [Fact]
    public void Unique_and_debounce()
    {
        Assert.Equal(new UniqueRule("k", null, UniqueConflict.Reject), Read("""
            "unique":{"key":"k"}
            """).Unique);
        Assert.Equal(new UniqueRule("k", TimeSpan.FromDays(1), UniqueConflict.Replace), Read("""
            "unique":{"key":"k","period":"1d","onConflict":"replace"}
            """).Unique);
        Assert.Equal(new DebounceRule("k", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), Read("""
            "debounce":{"key":"k","delay":"5s","maxDelay":60}
            """).Debounce);
    }

    [Fact]
    public void A_retry_policy_of_the_jobs_own()
    {
        RetryPolicy read = Read("""
            "retry":{"strategy":"linear","maxAttempts":7,"initialDelay":"100ms","maxDelay":"1m","factor":1.5,"jitter":false,"maxElapsed":"1h","retryOn":["DataError"],"noRetryOn":["Timeout"]}
            """).Retry!;
        Assert.Equal((BackoffStrategy.Linear, 7, 1.5, false), (read.Strategy, read.MaxAttempts, read.Factor, read.Jitter));
        Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)), (read.InitialDelay, read.MaxDelay, read.MaxElapsed));
        Assert.Equal(["DataError"], read.RetryOn);
        Assert.Equal(["Timeout"], read.NoRetryOn);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)], Read("""
            "retry":{"delays":[1,"1m"]}
            """).Retry!.Delays);
    }

    [Fact]
    public void What_is_not_said_is_null()
    {
        Submission plain = Read("""
            "delay":null, "retry":null, "unique":null
            """);
        Assert.Equal(new Submission { Task = "t", Input = plain.Input }, plain);
    }

    [Theory]
    [InlineData("\"delay\":\"soon\"", "/delay", "delay must be a duration such as")]
    [InlineData("\"delay\":-1", "/delay", "delay must be a duration such as")]
    [InlineData("\"delay\":1e400", "/delay", "delay must be a duration such as")]
    [InlineData("\"timeout\":true", "/timeout", "timeout must be a string")]
    [InlineData("\"expiresIn\":\"soon\"", "/expiresIn", "expiresIn must be a duration such as")]
    [InlineData("\"maxAttempts\":2,\"retry\":{\"maxAttempts\":3}", "/retry/maxAttempts", "send one of them")]
    [InlineData("\"retry\":{\"strategy\":\"fixed\",\"delays\":[1]}", "/retry/delays", "'strategy' cannot stand beside them")]
    [InlineData("\"retry\":{\"delays\":[1],\"jitter\":true}", "/retry/delays", "'jitter' cannot stand beside them")]
    [InlineData("\"retry\":{\"delays\":[]}", "/retry/delays", "must have at least one wait")]
    [InlineData("\"escalateTo\":1", "/escalateTo", "must be a string")]
    [InlineData("\"escalateTo\":\"top\"", "/escalateTo", "must be LOW, NORMAL, HIGH or URGENT")]
    [InlineData("\"concurrencyLimit\":\"3\"", "/concurrencyLimit", "must be a whole number")]
    [InlineData("\"rateLimit\":5", "/rateLimit", "rateLimit must be an object")]
    [InlineData("\"rateLimit\":{\"count\":5}", "/rateLimit/window", "rateLimit.window is missing")]
    [InlineData("\"rateLimit\":{\"count\":5,\"window\":1,\"burst\":2}", "/rateLimit/burst", "'burst' is not a field of a rate; known are count, window")]
    [InlineData("\"rateLimit\":{\"count\":5,\"count\":5,\"window\":1}", "/rateLimit/count", "'count' is there twice")]
    [InlineData("\"unique\":{}", "/unique/key", "unique.key is missing")]
    [InlineData("\"unique\":{\"key\":\"k\",\"onConflict\":\"ignore\"}", "/unique/onConflict", "unique.onConflict must be reject, existing or replace")]
    [InlineData("\"debounce\":{\"key\":\"k\"}", "/debounce/delay", "debounce.delay is missing")]
    [InlineData("\"retry\":{\"strategy\":\"random\"}", "/retry/strategy", "must be fixed, linear or exponential")]
    [InlineData("\"retry\":{\"delays\":[1,\"x\"]}", "/retry/delays/1", "retry.delays.1 must be a duration")]
    [InlineData("\"retry\":{\"delays\":1}", "/retry/delays", "retry.delays must be a list")]
    [InlineData("\"retry\":{\"retryOn\":[\"a\",1]}", "/retry/retryOn/1", "must be a string")]
    [InlineData("\"retry\":{\"jitter\":1}", "/retry/jitter", "must be true or false")]
    [InlineData("\"retry\":{\"factor\":1e999}", "/retry/factor", "must be a number")]
    [InlineData("\"id\":\"x\"", "/id", "'id' is not a field of a job")]
    [InlineData("\"actor\":\"x\"", "/actor", "'actor' is not a field of a job")]
    public void What_is_wrong_is_named_by_its_pointer(string fields, string pointer, string detail)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Read(fields)).Problem;
        Assert.Equal((422, pointer), (problem.Status, Assert.Single(problem.Errors).Pointer));
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_without_end_is_refused() =>
        Assert.Contains("more than 1000 entries", Assert.Throws<ProblemException>(() => Read($$"""
            "retry":{"delays":[{{string.Join(',', Enumerable.Repeat("1", 1001))}}]}
            """)).Problem.Detail, StringComparison.Ordinal);
}
