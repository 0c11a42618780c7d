using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>AbortController, AbortSignal and what they do to a request.</summary>
[Collection(PoolTests.Name)]
public sealed class AbortTests(PoolFixture fixture) : IAsyncLifetime
{
    private WebServer server = null!;

    public async ValueTask InitializeAsync() => server = await WebServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string> RunAsync(string code) => (await fixture.RunAsync($"async function main(url) {{ {code} }}", $"\"{server.Url}\"")).Text();

    [Fact]
    public async Task An_aborted_request_is_rejected_at_once_and_ends_at_the_server()
    {
        Task<string> run = RunAsync("""
            const controller = new AbortController();
            const hanging = fetch(url + 'hang?one', { signal: controller.signal }).catch(e => e);
            await fetch(url + 'begun?one');
            controller.abort();
            const error = await hanging;
            await fetch(url + 'begun?end');
            return [error.name, error.code, error instanceof DOMException, controller.signal.aborted, controller.signal.reason === error];
            """);
        // While the run goes on: its end would end the request as well.
        await server.Gone("?one");
        Assert.False(run.IsCompleted);
        server.Release("?end");
        Assert.Equal("""["AbortError",20,true,true,true]""", await run);
    }

    [Fact]
    public async Task A_reason_of_ones_own_and_an_old_abort_are_kept()
    {
        Assert.Equal("""["mine","TypeError","AbortError",7]""", await RunAsync("""
            const name = promise => promise.then(() => 'fulfilled', e => e?.name ?? e);
            const own = new AbortController(), old = new AbortController();
            const first = fetch(url + 'hang?four', { signal: own.signal });
            own.abort('mine');
            old.abort();
            return [await name(first), await name(fetch(url, { signal: {} })), await name(fetch(url, { signal: old.signal })), await name(fetch(url, { signal: AbortSignal.abort(7) }))];
            """));
    }

    [Fact]
    public async Task A_signal_may_be_a_deadline_or_several_signals()
    {
        Assert.Equal("""["TimeoutError",23,"AbortError","TimeoutError"]""", await RunAsync("""
            const error = promise => promise.then(() => ({}), e => e);
            const late = await error(fetch(url + 'hang?five', { signal: AbortSignal.timeout(1500) }));
            const controller = new AbortController();
            const both = error(fetch(url + 'hang?six', { signal: AbortSignal.any([AbortSignal.timeout(60000), controller.signal]) }));
            controller.abort();
            const either = await error(fetch(url + 'hang?seven', { signal: AbortSignal.any([new AbortController().signal, AbortSignal.timeout(20)]) }));
            return [late.name, late.code, (await both).name, either.name];
            """));
        await server.Gone("?five");
    }

    [Fact]
    public async Task A_signal_tells_its_listeners_once()
    {
        Assert.Equal("""["on abort true","listener 3","object"]""", await RunAsync("""
            const seen = [], controller = new AbortController(), { signal } = controller;
            signal.onabort = event => seen.push(`on ${event.type} ${event.target === signal}`);
            signal.addEventListener('abort', () => seen.push(`listener ${signal.reason}`), { once: true });
            signal.addEventListener('abort', { handleEvent() { seen.push('object'); } });
            const removed = () => seen.push('removed');
            signal.addEventListener('abort', removed);
            signal.removeEventListener('abort', removed);
            signal.throwIfAborted();
            controller.abort(3);
            controller.abort(4);
            return seen;
            """));
        Assert.Contains("value that is not an Error: 3", await RunAsync("AbortSignal.abort(3).throwIfAborted();"), StringComparison.Ordinal);
        Assert.Contains("comes from an AbortController", await RunAsync("new AbortSignal();"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_a_listener_fails_the_run_with_its_lines()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main() {\n  const target = new EventTarget();\n  target.addEventListener('x', () => {\n    throw new RangeError('listener');\n  });\n  target.dispatchEvent(new Event('x'));\n}");
        Assert.Equal(("RangeError", "listener"), (outcome.Failure!.Name, outcome.Failure.Message));
        Assert.Contains("main.js:4:", outcome.Failure.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain("ratchet:", outcome.Failure.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_synchronous_task_an_aborted_signal_is_thrown()
    {
        RunOutcome outcome = await fixture.RunAsync("function main(url) { fetch(url, { signal: AbortSignal.abort() }); }", $"\"{server.Url}\"");
        Assert.Equal(("AbortError", "This operation was aborted"), (outcome.Failure!.Name, outcome.Failure.Message));
    }

    [Fact]
    public async Task Calls_that_were_given_up_make_room_again()
    {
        Assert.Equal("\"none refused\"", await RunAsync("""
            for (let round = 0; round < 10; round++) {
              const controller = new AbortController();
              const hanging = Array.from({ length: 30 }, (_, i) => fetch(`${url}hang?${round}-${i}`, { signal: controller.signal }));
              await fetch(`${url}begun?${round}-29`);
              controller.abort();
              const names = (await Promise.allSettled(hanging)).map(r => r.reason.name);
              if (names.some(name => name !== 'AbortError')) return names;
            }
            return 'none refused';
            """));
    }
}
