using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>fetch, in both its forms, against a server on the loopback.</summary>
[Collection(PoolTests.Name)]
public sealed class FetchTests(PoolFixture fixture) : IAsyncDisposable
{
    private readonly LoopbackServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task<RunOutcome> RunAsync(string code, bool asynchronous, TimeSpan? timeout = null) => fixture.RunAsync(
        $"{(asynchronous ? "async " : "")}function main(input) {{ const url = input; {code} }}", $"\"{server.Url}\"", timeout: timeout);

    [Fact]
    public async Task A_synchronous_task_gets_the_answer_at_once()
    {
        RunOutcome outcome = await RunAsync("const r = fetch(url + 'json'); return [r.ok, r.status, r.statusText, r.headers['content-type'], r.headers.get('X-Two'), r.body, r.json(), r.text(), Object.keys(r)];", false);
        Assert.Equal("""[true,200,"OK","application/json","a, b",{"a":[1]},{"a":[1]},"{\"a\":[1]}",["ok","status","statusText","url","headers","body"]]""", outcome.Text());
    }

    [Fact]
    public async Task An_async_task_gets_a_promise_of_the_answer()
    {
        RunOutcome outcome = await RunAsync("const p = fetch(url + 'json'); const r = await p; return [p instanceof Promise, r.ok, await r.json(), await r.text(), r.body];", true);
        Assert.Equal("""[true,true,{"a":[1]},"{\"a\":[1]}",{"a":[1]}]""", outcome.Text());
    }

    [Theory]
    [InlineData("fetch(url + 'echo', { method: 'put', headers: { 'X-A': 'b' } }, { n: 1 })", "PUT application/json b {\"n\":1}")]
    [InlineData("fetch(url + 'echo', { method: 'POST', body: 'text' })", "POST text/plain;charset=UTF-8 - text")]
    [InlineData("fetch(url + 'echo', { body: { n: 2 }, headers: { 'Content-Type': 'application/vnd.x+json' } })", "POST application/vnd.x+json - {\"n\":2}")]
    [InlineData("fetch(url + 'echo', { method: 'DELETE' })", "DELETE - - ")]
    [InlineData("fetch(url + 'echo', { method: 'POST', body: new Uint8Array([104, 105]) })", "POST - - hi")]
    [InlineData("fetch(url + 'echo', null, [1, 2])", "POST application/json - [1,2]")]
    public async Task A_request_is_sent_as_it_was_given(string call, string seen)
    {
        Assert.Equal(seen, System.Text.Json.JsonSerializer.Deserialize<string>((await RunAsync($"return ({call}).text();", false)).Output));
        Assert.Equal(seen, System.Text.Json.JsonSerializer.Deserialize<string>((await RunAsync($"return (await {call}).text();", true)).Output));
    }

    [Fact]
    public async Task Text_that_is_JSON_is_parsed_whatever_its_type_says()
    {
        Assert.Equal("""{"b":1}""", (await RunAsync("return fetch(url + 'untyped').body;", false)).Text());
        Assert.Equal("\"plain\"", (await RunAsync("return fetch(url + 'text').body;", false)).Text());
    }

    [Fact]
    public async Task A_status_is_no_error()
    {
        Assert.Equal("""[false,404,"nothing here"]""", (await RunAsync("const r = fetch(url + 'missing'); return [r.ok, r.status, r.body];", false)).Text());
    }

    [Theory]
    [InlineData("http://127.0.0.1:65535/", "connection refused")]
    [InlineData("file:///etc/passwd", "only http and https")]
    [InlineData("not a url", "is not an absolute URL")]
    public async Task No_answer_is_a_NetworkError(string url, string message)
    {
        foreach (bool asynchronous in new[] { false, true })
        {
            RunOutcome outcome = await RunAsync($"return {(asynchronous ? "await " : "")}fetch('{url}');", asynchronous);
            Assert.Equal((FailureKind.TaskError, "NetworkError"), (outcome.Failure!.Kind, outcome.Failure.Name));
            Assert.Contains(message, outcome.Failure.Message, StringComparison.Ordinal);
        }
        Assert.Equal("[true,true]", (await RunAsync($"try {{ await fetch('{url}'); }} catch (e) {{ return [e instanceof NetworkError, e instanceof Error]; }}", true)).Text());
    }

    [Fact]
    public async Task A_header_cannot_smuggle_another()
    {
        RunOutcome outcome = await RunAsync("return fetch(url + 'echo', { headers: { a: 'b\\r\\nc: d' } });", false);
        Assert.Equal("TypeError", outcome.Failure!.Name);
        outcome = await RunAsync("return fetch(url + 'echo', { headers: { Host: 'elsewhere' } });", false);
        Assert.Equal("NetworkError", outcome.Failure!.Name);
    }

    [Fact]
    public async Task Waiting_for_an_answer_counts_towards_the_timeout()
    {
        foreach (bool asynchronous in new[] { false, true })
        {
            RunOutcome outcome = await RunAsync($"{(asynchronous ? "await " : "")}fetch(url + 'never');", asynchronous, TimeSpan.FromMilliseconds(300));
            Assert.Equal(FailureKind.Timeout, outcome.Failure!.Kind);
            Assert.Contains("waited for a fetch", outcome.Failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_requests_of_one_run_go_at_once()
    {
        RunOutcome outcome = await RunAsync("const all = await Promise.all(Array.from({ length: 50 }, (_, i) => fetch(url + 'json'))); return all.filter(r => r.ok).length;", true);
        Assert.Equal("50", outcome.Text());
        outcome = await RunAsync("const all = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => fetch(url + 'json'))); return all.filter(r => r.status === 'rejected').every(r => /too many/.test(r.reason.message));", true);
        Assert.Equal("true", outcome.Text());
    }

    [Fact]
    public async Task A_run_may_bring_its_own_broker()
    {
        var mock = new MockBroker();
        RunOutcome outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package("function main() { return fetch('http://x.test/y').body; }"), fetch: mock));
        Assert.Equal("\"GET http://x.test/y\"", outcome.Text());
        outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package("function main() { return fetch('http://x.test/defect').body; }"), fetch: mock));
        Assert.Equal("NetworkError", outcome.Failure!.Name);
        outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package("function main() { return fetch('http://x.test/late').body; }"), fetch: mock));
        Assert.Equal("TimeoutError", outcome.Failure!.Name);
    }

    [Fact]
    public async Task A_late_answer_to_one_task_is_not_the_next_tasks()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        var first = new HeldBroker("the first task's secret");
        var second = new HeldBroker("the second task's own");
        await PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("async function main() { fetch('http://x.test/'); }"), fetch: first));
        await first.Called;
        int[] processes = [.. pool.ProcessIds];
        Task<RunOutcome> other = PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("async function main() { return (await fetch('http://x.test/')).text(); }"), fetch: second));
        await second.Called;
        // What comes through the same pipe after it has been read before.
        first.Answer();
        await first.Answered;
        second.Answer();
        Assert.Equal("\"the second task's own\"", (await other).Text());
        // The two were one process's, which lives.
        Assert.Empty(processes.Except(pool.ProcessIds));
    }

    /// <summary>Answers when it is told to, wanted or not.</summary>
    private sealed class HeldBroker(string text) : IFetchBroker
    {
        private readonly TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously), held = new();

        public Task Called => called.Task.WaitAsync(PoolFixture.Patience);

        public Task Answered { get; private set; } = Task.CompletedTask;

        public void Answer() => held.SetResult();

        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            Task<FetchResponse> answer = AnswerAsync();
            Answered = answer;
            called.TrySetResult();
            return answer;
        }

        private async Task<FetchResponse> AnswerAsync()
        {
            await held.Task;
            return new FetchResponse(200, "OK", [], Encoding.UTF8.GetBytes(text));
        }
    }

    private sealed class MockBroker : IFetchBroker
    {
        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            if (request.Url.EndsWith("defect", StringComparison.Ordinal)) throw new InvalidOperationException("a defect");
            if (request.Url.EndsWith("late", StringComparison.Ordinal)) throw new FetchException("TimeoutError", "late");
            return Task.FromResult(new FetchResponse(200, "OK", [], Encoding.UTF8.GetBytes($"{request.Method} {request.Url}")));
        }
    }
}
