using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>The Web APIs between one execution and the next, and who gets them at all.</summary>
[Collection(PoolTests.Name)]
public sealed class WebIsolationTests(PoolFixture fixture)
{
    public static readonly string[] Names =
    [
        "URL", "URLSearchParams", "TextEncoder", "TextDecoder", "Headers", "Event", "EventTarget", "AbortController", "AbortSignal", "Blob", "File", "FormData", "atob", "btoa",
    ];

    [Theory]
    [InlineData("URL.prototype.toString = () => 'mine'")]
    [InlineData("URL.parse = () => 1")]
    [InlineData("Object.defineProperty(URL.prototype, 'href', { get: () => 'mine' })")]
    [InlineData("URLSearchParams.prototype.get = 1")]
    [InlineData("Object.getPrototypeOf(new URLSearchParams()[Symbol.iterator]()).next = 1")]
    [InlineData("Headers.prototype.get = 1")]
    [InlineData("Object.getPrototypeOf(Headers.prototype).append = 1")]
    [InlineData("Object.getPrototypeOf(Headers.prototype.entries.prototype).next = 1")]
    [InlineData("Event.prototype.mine = 1")]
    [InlineData("AbortSignal.prototype.throwIfAborted = 1")]
    [InlineData("Object.setPrototypeOf(AbortController, null)")]
    [InlineData("TextDecoder.prototype.decode = 1")]
    [InlineData("FormData.prototype.append = 1")]
    [InlineData("Blob.prototype.text = 1")]
    [InlineData("DOMException.prototype.mine = 1")]
    [InlineData("crypto.randomUUID = () => 'mine'")]
    [InlineData("crypto.subtle.digest = 1")]
    [InlineData("globalThis.atob = 1")]
    [InlineData("setInterval.mine = 1")]
    public async Task Nothing_is_left_in_a_warm_context(string attack)
    {
        string main = $$"""
            'use strict';
            // Headers URLSearchParams Event AbortController TextDecoder FormData
            function main(input) {
              if (input.attack) { try { {{attack}}; return 'done'; } catch (e) { return e.name; } }
              const form = new FormData();
              form.append('a', new Blob(['b']));
              const url = new URL('/a?b=c', 'http://x'), signal = AbortSignal.abort();
              return [`${url}`, url.href, url.searchParams.get('b'), [...url.searchParams].length, [...new Headers({ a: 1 })][0], new TextDecoder().decode(new Uint8Array([97])), signal.aborted, 'mine' in signal,
                form.has('a'), crypto.randomUUID().length, atob('YQ==')];
            }
            """;
        Assert.Equal("\"TypeError\"", (await fixture.RunAsync(main, """{"attack":true}""")).Text());
        Assert.Equal("""["http://x/a?b=c","http://x/a?b=c","c",1,["a","1"],"a",true,false,true,36,"a"]""", (await fixture.RunAsync(main, """{"attack":false}""")).Text());
    }

    [Fact]
    public async Task A_task_has_the_names_that_it_mentions()
    {
        Assert.Equal("[]", (await fixture.RunAsync($"const names = [{string.Join(',', Names.Select(name => $"'{name[..2]}' + '{name[2..]}'"))}];\nfunction main() {{ return names.filter(name => name in globalThis); }}")).Text());
        foreach (string name in Names)
            Assert.Equal($"[\"function\",\"{name}\",false]", (await fixture.RunAsync($"function main() {{ return [typeof {name}, {name}.name, Object.keys(globalThis).includes('{name}')]; }}")).Text());
    }

    [Fact]
    public async Task Every_form_and_kind_of_context_has_them()
    {
        foreach (string main in new[] { "function main() { return new URL('http://a').href; }", "export default () => new URL('http://a').href;", "const top = new URL('http://a');\nmodule.exports = () => top.href;" })
        {
            foreach (ContextMode mode in new[] { ContextMode.Warm, ContextMode.Fresh })
                for (int i = 0; i < 2; i++) Assert.Equal("\"http://a/\"", (await fixture.RunAsync(main, execution: new TaskExecutionOptions { Context = mode })).Text());
        }
    }

    [Fact]
    public async Task A_class_of_a_tasks_own_goes_before()
    {
        Assert.Equal("\"mine\"", (await fixture.RunAsync("class Event { get type() { return 'mine'; } }\nfunction main() { return new Event('x').type; }")).Text());
        Assert.Equal("\"mine\"", (await fixture.RunAsync("globalThis.URL = class { href = 'mine'; };\nfunction main() { return new URL('http://a').href; }")).Text());
    }

    [Fact]
    public async Task Values_are_shown_by_the_console_as_what_they_are()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { console.log(new AbortController(), new Headers({ a: 1 }), new FormData(), new DOMException('m', 'AbortError').name); }");
        Assert.Equal("AbortController {} Headers {} FormData {} AbortError", Assert.Single(outcome.Log).Message);
    }
}
