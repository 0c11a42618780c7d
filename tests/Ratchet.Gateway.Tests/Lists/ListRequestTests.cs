using Microsoft.AspNetCore.WebUtilities;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Lists;

namespace Ratchet.Gateway.Tests.Lists;

/// <summary>What the parameters of a list mean, and which are refused.</summary>
public sealed class ListRequestTests
{
    private static readonly ListReader<JobField, JobView> Reader = new(JobList.Schema, ["id", "state", "task"]);

    [Theory]
    [InlineData("state=failed,EXPIRED", "state in FAILED EXPIRED")]
    [InlineData("state=FAILED&state=EXPIRED", "state in FAILED EXPIRED")]
    [InlineData("state_ne=FAILED", "state ne FAILED")]
    [InlineData("state_ne=FAILED,EXPIRED", "state nin FAILED EXPIRED")]
    [InlineData("task=a,b", "task eq a,b")]
    [InlineData("task=a&task=b", "task in a b")]
    [InlineData("task_in=a,b", "task in a b")]
    [InlineData("task_like=50%25_off'", "task like 50%_off'")]
    [InlineData("priority_gte=HIGH", "priority gte 2")]
    [InlineData("attempts_lt=3&queue=mails", "All(attempts lt 3; queue eq mails)")]
    [InlineData("failure.kind=Timeout", "failureKind eq Timeout")]
    [InlineData("failureKind=timeout", "failureKind eq Timeout")]
    [InlineData("createdAt_gte=2026-01-31T09:00:00%2B01:00", "createdAt gte 2026-01-31T08:00:00.0000000+00:00")]
    [InlineData("""filter={"or":[{"state":{"in":["FAILED"]}},{"not":{"attempts":{"gte":3,"lt":5}}}]}""", "Any(state in FAILED; Not(All(attempts gte 3; attempts lt 5)))")]
    [InlineData("before=0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a", "id lt 0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a")]
    [InlineData("_start=0&_end=10", "none")]
    public void Parameters_become_a_filter(string query, string filter) => Assert.Equal(filter, Show(Read(query).Query.Filter));

    [Theory]
    [InlineData("stat=FAILED", "/stat", "did you mean 'state'?")]
    [InlineData("_sorted=id", "/_sorted", "did you mean '_sort'?")]
    [InlineData("state=NONE", "/state", "must be one of SCHEDULED")]
    [InlineData("state_like=FAIL", "/state_like", "only by eq, ne, in, nin")]
    [InlineData("state_gt=FAILED", "/state_gt", "cannot be compared by 'gt'")]
    [InlineData("attempts=many", "/attempts", "a whole number")]
    [InlineData("attempts_gt=1&attempts_gt=2", "/attempts_gt", "compares with one value")]
    [InlineData("createdAt_gt=yesterday", "/createdAt_gt", "RFC 3339")]
    [InlineData("id=7", "/id", "a UUID")]
    [InlineData("task=%00", "/task", "without control characters")]
    [InlineData("_sort=nam", "/_sort", "is not a field of jobs")]
    [InlineData("_sort=createdat", "/_sort", "did you mean 'createdAt'?")]
    [InlineData("_sort=task,queue", "/_sort", "by one field")]
    [InlineData("_sort=task&_order=up", "/_order", "asc or desc")]
    [InlineData("_order=desc", "/_order", "_order needs _sort")]
    [InlineData("_start=100001", "/_start", "from 0 to 100000")]
    [InlineData("_start=-1", "/_start", "whole number")]
    [InlineData("_start=10&_end=10", "/_end", "greater than _start")]
    [InlineData("limit=0", "/limit", "from 1 to 1000")]
    [InlineData("after=%25", "/after", "not a cursor")]
    [InlineData("after=eyJhIjoxfQ", "/after", "not a cursor")]
    [InlineData("before=x", "/before", "not a cursor")]
    [InlineData("fields=id,stat", "/fields", "did you mean 'state'?")]
    [InlineData("fields=,", "/fields", "at least one")]
    [InlineData("filter={", "/filter", "must be JSON")]
    [InlineData("filter=[]", "/filter", "must be an object")]
    [InlineData("""filter={"stat":{"eq":"FAILED"}}""", "/filter/stat", "did you mean 'state'?")]
    [InlineData("""filter={"state":"FAILED"}""", "/filter/state", "object of comparisons")]
    [InlineData("""filter={"state":{"is":"FAILED"}}""", "/filter/state/is", "only by eq")]
    [InlineData("""filter={"or":[{"attempts":{"eq":"one"}}]}""", "/filter/or/0/attempts/eq", "a whole number")]
    [InlineData("""filter={"state":{"in":"FAILED"}}""", "/filter/state/in", "must be a list")]
    [InlineData("""filter={"task":{"eq":"\ud800"}}""", "/filter/task/eq", "must be a text")]
    [InlineData("""filter={"not":{"not":{"not":{"not":{"not":{"not":{"state":{"eq":"FAILED"}}}}}}}}""", "levels deep")]
    public void What_makes_no_sense_is_refused_with_its_place(string query, params string[] says)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Read(query)).Problem;
        Assert.Equal((422, "invalid-field"), (problem.Status, problem.Code));
        if (says.Length > 1) Assert.Equal(says[0], problem.Errors[0].Pointer);
        Assert.Contains(says[^1], problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_has_at_most_fifty_conditions()
    {
        string many = string.Join(',', Enumerable.Repeat("""{"attempts":{"eq":1}}""", Limits.FilterConditions + 1));
        Problem problem = Assert.Throws<ProblemException>(() => Read($$"""filter={"or":[{{many}}]}""")).Problem;
        Assert.Contains("at most 50 conditions", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_of_another_order_is_refused()
    {
        string cursor = JobList.Schema.Write(new ListCursor(FieldValue.Of(Guid.Empty), FieldValue.Of(Guid.Empty)), null);
        Assert.NotNull(Read($"after={cursor}").Query.After);
        Problem problem = Assert.Throws<ProblemException>(() => Read($"after={cursor}&_sort=task")).Problem;
        Assert.Contains("belongs to the order by id desc", problem.Detail, StringComparison.Ordinal);
    }

    private static ListRequest<JobField> Read(string query) => Reader.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));

    private static string Show(Filter<JobField>? filter) => filter?.Kind switch
    {
        null => "none",
        FilterKind.Condition => $"{JobList.Schema[filter.Field].Name} {filter.Operator.Name()} {string.Join(' ', filter.Values.Select(v => Show(JobList.Schema[filter.Field].Kind, v)))}",
        _ => $"{filter.Kind}({string.Join("; ", filter.Parts.Select(Show))})",
    };

    private static string Show(FieldKind kind, FieldValue value) => kind switch
    {
        FieldKind.Text or FieldKind.Word => value.Text!,
        FieldKind.Instant => value.At.ToString("O"),
        FieldKind.Id => value.Id.ToString(),
        _ => value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
