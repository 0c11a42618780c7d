using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>Headers in a task, as the Fetch standard has them.</summary>
[Collection(PoolTests.Name)]
public sealed class HeadersTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("[...new Headers({ 'X-B': 1, a: ' two\\t' })]", "[[\"a\",\"two\"],[\"x-b\",\"1\"]]")]
    [InlineData("(() => { const h = new Headers([['A', '1'], ['a', '2']]); h.append('A', '3'); return [h.get('a'), h.has('A'), h.get('b')]; })()", "[\"1, 2, 3\",true,null]")]
    [InlineData("(() => { const h = new Headers({ a: 1 }); h.set('A', 2); h.delete('x'); const c = new Headers(h); h.delete('a'); return [[...h], [...c]]; })()", "[[],[[\"a\",\"2\"]]]")]
    [InlineData("(() => { const h = new Headers(new Map([['b', 1]])); const seen = []; h.forEach((v, n, all) => seen.push(n, v, all === h)); return [seen, [...h.keys()], [...h.values()], [...h.entries()]]; })()", "[[\"b\",\"1\",true],[\"b\"],[\"1\"],[[\"b\",\"1\"]]]")]
    [InlineData("(() => { const h = new Headers(); h.append('Set-Cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'); h.append('Set-Cookie', 'b=2'); return [h.getSetCookie(), [...h].length]; })()", "[[\"a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\",\"b=2\"],2]")]
    [InlineData("[new Headers().get('constructor'), new Headers().has('toString'), [...new Headers([['__proto__', 'x'], ['constructor', 'y']])]]", "[null,false,[[\"__proto__\",\"x\"],[\"constructor\",\"y\"]]]")]
    [InlineData("[['a b', '1'], ['', '1'], ['a:', '1'], ['\\u00e9', '1'], ['a', '1\\r\\nb: c'], ['a', '\\u20ac'], ['a', '\\0']].map(pair => { try { new Headers([pair]); return 'taken'; } catch (e) { return e.name; } })", "[\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\"]")]
    [InlineData("[null, 1, [['a']], [['a', '1', '2']]].map(init => { try { new Headers(init); return 'taken'; } catch (e) { return e.name; } })", "[\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\"]")]
    [InlineData("Object.keys(new Headers({ a: 1 })).length + ` ${new Headers()} ${Headers.name}`", "\"0 [object Headers] Headers\"")]
    public async Task Headers_keep_names_and_values(string expression, string json)
    {
        RunOutcome outcome = await fixture.RunAsync($"function main() {{ return {expression}; }}");
        Assert.Equal(json, outcome.Text());
    }
}
