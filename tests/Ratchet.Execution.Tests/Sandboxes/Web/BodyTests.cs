using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>Bodies of requests and answers, byte for byte, against a real server.</summary>
[Collection(PoolTests.Name)]
public sealed class BodyTests(PoolFixture fixture) : IAsyncLifetime
{
    private WebServer server = null!;

    public async ValueTask InitializeAsync() => server = await WebServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string> RunAsync(string code, bool asynchronous = true) =>
        (await fixture.RunAsync($"{(asynchronous ? "async " : "")}function main(url) {{ {code} }}", $"\"{server.Url}\"")).Text();

    [Fact]
    public async Task A_form_with_files_is_one_that_a_server_reads()
    {
        string code = """
            const form = new FormData();
            form.append('name', 'Ad\u00e4 "the" first\r\nline');
            form.append('tag', 'a'); form.append('tag', 'b\nc'); form.set('gone', 1); form.delete('gone');
            form.append('photo', new File([Uint8Array.from({ length: 256 }, (_, i) => i)], 'ph"oto.png', { type: 'image/png' }));
            form.append('note', new Blob(['\u20ac', new Blob(['!'])], { type: 'Text/Plain' }), 'note.txt');
            const answer = await fetch(url + 'form', { method: 'POST', body: form });
            return await answer.json();
            """;
        string all = Convert.ToHexStringLower([.. Enumerable.Range(0, 256).Select(i => (byte)i)]);
        string expected = "{\"type\":\"multipart/form-data\",\"fields\":[[\"name\",\"Ad\u00e4 \\\"the\\\" first\\r\\nline\"],[\"tag\",\"a\"],[\"tag\",\"b\\r\\nc\"]],"
            + "\"files\":[{\"name\":\"photo\",\"fileName\":\"ph%22oto.png\",\"contentType\":\"image/png\",\"bytes\":\"" + all + "\"},"
            + "{\"name\":\"note\",\"fileName\":\"note.txt\",\"contentType\":\"text/plain\",\"bytes\":\"e282ac21\"}]}";
        Assert.Equal(expected, await RunAsync(code));
        Assert.Equal(expected, await RunAsync(code.Replace("await ", "", StringComparison.Ordinal), asynchronous: false));
    }

    [Fact]
    public async Task URLSearchParams_are_a_form()
    {
        Assert.Equal("""{"type":"application/x-www-form-urlencoded","fields":[["a","1"],["b","\u00E4 \u0026"]],"files":[]}""".Replace("\\u00E4", "\u00e4", StringComparison.Ordinal).Replace("\\u0026", "&", StringComparison.Ordinal),
            await RunAsync("const body = new URLSearchParams({ a: 1 }); body.append('b', '\\u00e4 &'); return (await fetch(url + 'form', { body })).body;"));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("all.buffer")]
    [InlineData("new DataView(all.buffer)")]
    [InlineData("new Uint16Array(all.buffer)")]
    [InlineData("Uint8Array.from([9, ...all, 9]).subarray(1, 257)")]
    [InlineData("new Blob([all.subarray(0, 10), all.subarray(10)])")]
    public async Task Every_byte_value_goes_out_and_comes_back(string body)
    {
        string code = $$"""
            const all = Uint8Array.from({ length: 256 }, (_, i) => i);
            const same = bytes => bytes.length === 256 && bytes.every((b, i) => b === i);
            const echo = await fetch(url + 'echo', { method: 'POST', body: {{body}} }), there = await fetch(url + 'all-bytes');
            return [same(await echo.bytes()), same(new Uint8Array(await echo.arrayBuffer())), same(await there.bytes()), there.headers['content-type']];
            """;
        Assert.Equal("""[true,true,true,"application/octet-stream"]""", await RunAsync(code));
        Assert.Equal("""[true,true,true,"application/octet-stream"]""", await RunAsync(code.Replace("await ", "", StringComparison.Ordinal), asynchronous: false));
    }

    [Fact]
    public async Task A_large_body_of_bytes_fits_in_a_small_heap()
    {
        RunOutcome outcome = await fixture.RunAsync("""
            async function main(url) {
              const body = Uint8Array.from({ length: 4194304 }, (_, i) => i * 7);
              const back = await (await fetch(url + 'echo', { method: 'POST', body })).bytes();
              return back.length === body.length && back.every((b, i) => b === body[i]);
            }
            """, $"\"{server.Url}\"", execution: new Ratchet.Tasks.TaskExecutionOptions { HeapMb = 64 });
        Assert.Equal("true", outcome.Text());
    }

    [Fact]
    public async Task Text_is_UTF_8_whatever_the_bytes_are()
    {
        Assert.Equal("""["a\ufffdb","a\ufffdb",[97,255,98]]""".Replace("\\ufffd", "\ufffd", StringComparison.Ordinal),
            await RunAsync("const r = await fetch(url + 'echo', { method: 'POST', body: new Uint8Array([97, 255, 98]) }); return [await r.text(), r.body, [...await r.bytes()]];"));
        // A mark at the start belongs to the bytes and not to the text.
        Assert.Equal("""[{"a":"\u00e9"},{"a":"\u00e9"},"{",[239,187,191,123]]""".Replace("\\u00e9", "\u00e9", StringComparison.Ordinal),
            await RunAsync("const r = await fetch(url + 'marked'); return [r.body, await r.json(), (await r.text())[0], [...(await r.bytes()).subarray(0, 4)]];"));
    }

    [Fact]
    public async Task Json_that_is_none_says_who_answered()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main(url) {\n  const r = await fetch(url + 'echo', { method: 'POST', body: '<html>' });\n  return await r.json();\n}", $"\"{server.Url}\"");
        Assert.Equal(("SyntaxError", true), (outcome.Failure!.Name, outcome.Failure.Message.StartsWith($"{server.Url}echo answered 200 with a body that is not JSON: ", StringComparison.Ordinal)));
        Assert.Contains("main.js:3:", outcome.Failure.Stack, StringComparison.Ordinal);
        outcome = await fixture.RunAsync("function main(url) { return fetch(url + 'nowhere').json(); }", $"\"{server.Url}\"");
        Assert.Equal($"{server.Url}nowhere answered 404 with an empty body", outcome.Failure!.Message);
    }

    [Fact]
    public async Task A_clone_is_read_apart()
    {
        Assert.Equal("""[{"a":1,"b":2},{"a":1},{"a":1},[true,200]]""",
            await RunAsync("const r = await fetch(url + 'echo', { body: { a: 1 } }), c = r.clone(); r.body.b = 2; return [r.body, c.body, await c.json(), [c.ok, c.status]];"));
    }

    [Fact]
    public async Task Headers_of_an_answer_are_a_plain_object_with_the_methods_of_Headers()
    {
        Assert.Equal(
            """["1, 2","1, 2","a header's name","function",["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT","b=2"],["content-length","date","get","set-cookie","set-cookie","x-two"],true,"1, 2",true]""",
            await RunAsync("""
                const { headers } = await fetch(url + 'cookies');
                const seen = {};
                headers.forEach((value, name) => { seen[name] = value; });
                return [headers['x-two'], headers.get('X-Two'), headers.get('get'), typeof headers.get, headers.getSetCookie(), [...headers.keys()].filter(name => name !== 'server'), [...headers].length === [...headers.values()].length, seen['x-two'], Object.keys(headers).includes('x-two')];
                """));
        Assert.Equal("\"1, 2\"", await RunAsync("return new Headers((await fetch(url + 'cookies')).headers).get('x-two');"));
        Assert.Equal("\"application/x-mine\"", await RunAsync("return (await fetch(url + 'echo', { body: 'x', headers: new Headers({ 'Content-Type': 'application/x-mine' }) })).headers['content-type'];"));
    }

    [Fact]
    public async Task A_body_above_the_limit_says_so_in_both_forms()
    {
        foreach (bool asynchronous in new[] { false, true })
            Assert.Contains("body is larger than 4194304 bytes", await RunAsync("return fetch(url, { body: 'x'.repeat(4194305) });", asynchronous), StringComparison.Ordinal);
        Assert.Contains("redirect: 'manual' is not supported", await RunAsync("return fetch(url, { redirect: 'manual' });"), StringComparison.Ordinal);
    }
}
