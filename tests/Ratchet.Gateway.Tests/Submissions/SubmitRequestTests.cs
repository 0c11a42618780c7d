using System.Text;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Tests.Submissions;

public class SubmitRequestTests
{
    private static Submission Read(string body) => SubmitRequest.Read(Encoding.UTF8.GetBytes(body));

    [Fact]
    public void The_inputs_bytes_are_taken_over_as_they_are()
    {
        Submission read = Read("""{"input": {"n": 1.0,  "t":"\u00e9"}, "task":"t", "priority":"critical", "runAt":"2026-01-31T09:00:00+01:00", "maxAttempts":5}""");
        Assert.Equal("""{"n": 1.0,  "t":"\u00e9"}""", Encoding.UTF8.GetString(read.Input));
        Assert.Equal((JobPriority.Urgent, 5), (read.Priority, read.MaxAttempts));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero), read.RunAt);
    }

    [Theory]
    [InlineData("""{"input":{}}""", "/task")]
    [InlineData("""{"task":"t"}""", "/input")]
    [InlineData("""{"task":1,"input":{}}""", "/task")]
    [InlineData("""{"task":"t","input":{},"colour":"red"}""", "/colour")]
    [InlineData("""{"task":"t","task":"u","input":{}}""", "/task")]
    [InlineData("""{"task":"t","input":{},"priority":"soon"}""", "/priority")]
    [InlineData("""{"task":"t","input":{},"maxAttempts":1.5}""", "/maxAttempts")]
    [InlineData("""{"task":"t","input":{},"runAt":"2026-01-01T00:00:00"}""", "/runAt")]
    [InlineData("""{"task":"t","input":{},"runAt":"tomorrow"}""", "/runAt")]
    [InlineData("""{"task":"\ud800","input":{}}""", "/task")]
    [InlineData("""{"task":"t","input":{},"colour":null}""", "/colour")]
    [InlineData("""{"task":"t","input":{},"a/b~":1}""", "/a~1b~0")]
    [InlineData("""{"task":"t","input":{"a":1,"a":2}}""", "/input/a")]
    [InlineData("""{"task":"t","input":{"a":1,"\u0061":2}}""", "/input/a")]
    [InlineData("""{"task":"t","input":[{"x/y":{"b":1,"b":1}}]}""", "/input/0/x~1y/b")]
    [InlineData("""{"task":"t","input":1e400}""", "/input")]
    [InlineData("""{"task":"t","input":{"n":[1,-1e999]}}""", "/input/n/1")]
    public void A_wrong_field_is_named_by_its_pointer(string body, string pointer)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Read(body)).Problem;
        Assert.Equal((422, pointer), (problem.Status, Assert.Single(problem.Errors).Pointer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"task\":\"t\",")]
    [InlineData("""{"task":"t","input":{}} {}""")]
    public void What_is_no_JSON_object_is_malformed(string body) => Assert.Equal(400, Assert.Throws<ProblemException>(() => Read(body)).Problem.Status);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_malformed()
    {
        byte[] body = [.. "{\"task\":\"t\",\"input\":\""u8, 0xff, 0xfe, .. "\"}"u8];
        Assert.Equal(400, Assert.Throws<ProblemException>(() => SubmitRequest.Read(body)).Problem.Status);
    }

    [Fact]
    public void Nesting_beyond_the_limit_says_so()
    {
        string deep = new string('[', 70) + new string(']', 70);
        Assert.Contains("64 levels", Assert.Throws<ProblemException>(() => Read($$"""{"task":"t","input":{{deep}}}""")).Problem.Detail, StringComparison.Ordinal);
    }
}
