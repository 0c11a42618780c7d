using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes;

[Collection(PoolTests.Name)]
public sealed class AdditionTests(PoolFixture fixture)
{
    [Fact]
    public async Task Addition_runs()
    {
        RunOutcome outcome = await fixture.RunAsync("function main(input) { return { sum: input.a + input.b }; }", """{"a":1,"b":2}""", TestTasks.Sum);
        Assert.Equal("""{"sum":3}""", outcome.Text());
        Assert.True(outcome.FinishedAt >= outcome.StartedAt);
    }

    [Fact]
    public async Task Many_runs_of_one_task_all_end()
    {
        string main = "function main(input) { return { sum: input.a + input.b }; }";
        RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => fixture.RunAsync(main, $$"""{"a":{{i}},"b":1}""", TestTasks.Sum)));
        for (int i = 0; i < outcomes.Length; i++) Assert.Equal($$"""{"sum":{{i + 1}}}""", outcomes[i].Text());
    }
}
