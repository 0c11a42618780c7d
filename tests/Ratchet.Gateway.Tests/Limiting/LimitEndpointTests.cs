using Ratchet.Gateway.Tests.Support;
using Ratchet.Limiting;

namespace Ratchet.Gateway.Tests.Limiting;

public sealed class LimitEndpointTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;
    private LimitRule? put;

    public LimitEndpointTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("ILimiterGrain.PutAsync", args => put = (LimitRule)args[0]!);
        gateway.Grains.On("ILimiterGrain.GetAsync", args => (string)args[1]! == "none" ? null : View((LimitScope)args[0]!, (string)args[1]!));
        gateway.Grains.On("ILimiterGrain.ListAsync", (IReadOnlyList<LimitView>)[View(LimitScope.Task, "mail")]);
        gateway.Grains.On("ILimiterGrain.DeleteAsync", args => (string)args[1]! != "none");
    }

    [Fact]
    public async Task A_limit_is_set_and_shown()
    {
        Answer answer = await gateway.PutAsync("limits/key/customer%2F42", """{"concurrency":2,"rate":{"count":10,"window":"1m"}}""");
        Assert.Equal(new LimitRule(LimitScope.Key, "customer/42", 2, new RateLimit(10, TimeSpan.FromMinutes(1))), put);
        Assert.Equal(
            $$"""{"scope":"key","name":"customer/42","set":true,"concurrency":2,"rate":{"count":10,"window":"1m"},"held":1,"holders":["{{Make.Id}}"],"waiting":["mails"],"started":4,"nextStart":"2026-03-01T12:00:00+00:00"}""",
            answer.Body.GetRawText());
        Assert.Equal(200, (await gateway.PutAsync("limits/queue/mails", """{"concurrency":1}""")).Status);
        Assert.Equal(new LimitRule(LimitScope.Queue, "mails", 1, null), put);
    }

    [Fact]
    public async Task What_jobs_brought_themselves_says_that_nobody_has_set_it()
    {
        gateway.Grains.On("ILimiterGrain.GetAsync", _ => View(LimitScope.Key, "crm") with { Rule = null, Concurrency = null });
        System.Text.Json.JsonElement shown = (await gateway.GetAsync("limits/key/crm")).Body;
        Assert.False(shown.GetProperty("set").GetBoolean());
        Assert.Equal(10, shown.GetProperty("rate").GetProperty("count").GetInt32());
        Assert.False(shown.TryGetProperty("concurrency", out _));
    }

    [Fact]
    public async Task Limits_are_listed_and_taken_away()
    {
        Assert.Equal("task", (await gateway.GetAsync("limits")).Body[0].GetProperty("scope").GetString());
        Assert.Equal(204, (await gateway.DeleteAsync("limits/task/mail")).Status);
        (await gateway.DeleteAsync("limits/task/none")).Is(404, "not-found");
        (await gateway.GetAsync("limits/queue/none")).Is(404, "not-found");
        (await gateway.GetAsync("limits/worker/w")).Is(404, "not-found");
        (await gateway.GetAsync("limits/task/a/b")).Is(404, "not-found");
    }

    [Theory]
    [InlineData(null, "", "A limit needs concurrency, rate or both")]
    [InlineData("", "", "A limit needs concurrency, rate or both")]
    [InlineData("{}", "", "A limit needs concurrency, rate or both")]
    [InlineData("""{"concurrency":null}""", "", "A limit needs concurrency, rate or both")]
    [InlineData("""{"concurrency":0}""", "/concurrency", "A limit of zero would hold up all jobs for ever; pause the task instead.")]
    [InlineData("""{"concurrency":-1}""", "/concurrency", "concurrency must be from 1 to 1000000.")]
    [InlineData("""{"concurrency":1000001}""", "/concurrency", "concurrency must be from 1 to 1000000.")]
    [InlineData("""{"concurrency":1.5}""", "/concurrency", "concurrency must be a whole number.")]
    [InlineData("""{"rate":{"count":0,"window":1}}""", "/rate/count", "A limit of zero would hold up all jobs for ever; pause the task instead.")]
    [InlineData("""{"rate":{"count":-3,"window":1}}""", "/rate/count", "rate.count must be from 1 to 10000.")]
    [InlineData("""{"rate":{"count":1,"window":"500ms"}}""", "/rate/window", "rate.window must be from 1 second to 1 day.")]
    [InlineData("""{"rate":{"count":1,"window":"25h"}}""", "/rate/window", "rate.window must be from 1 second to 1 day.")]
    [InlineData("""{"rate":{"count":1}}""", "/rate/window", "rate.window is missing")]
    [InlineData("""{"limit":1}""", "/limit", "'limit' is not a field of a limit; known are concurrency, rate.")]
    public async Task A_limit_that_makes_no_sense_is_422_with_a_sentence(string? body, string pointer, string detail)
    {
        Answer answer = await gateway.PutAsync("limits/task/mail", body);
        answer.Is(422, "invalid-field", pointer);
        Assert.Contains(detail, answer.Text("detail"), StringComparison.Ordinal);
        Assert.Null(put);
    }

    private static LimitView View(LimitScope scope, string name) => new(scope, name, new LimitRule(scope, name, 2, new RateLimit(10, TimeSpan.FromMinutes(1))), [Make.JobId], 1, ["mails"], 4)
    {
        Concurrency = 2, Rate = new RateLimit(10, TimeSpan.FromMinutes(1)), NextStart = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
