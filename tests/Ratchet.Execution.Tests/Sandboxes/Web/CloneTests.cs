using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>structuredClone in a task.</summary>
[Collection(PoolTests.Name)]
public sealed class CloneTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("(() => { const a = { d: new Date(0), m: new Map([[1, new Set(['x'])]]), r: /a/gi }; a.self = a; const c = structuredClone(a); return [c !== a, c.self === c, c.d.getTime(), c.m.get(1).has('x'), `${c.r}`]; })()", "[true,true,0,true,\"/a/gi\"]")]
    [InlineData("(() => { const b = new Uint8Array([1, 2, 3, 4]), c = structuredClone({ v: b.subarray(1, 3), d: new DataView(b.buffer, 1, 2), f: new Float32Array([1.5]) }); b[1] = 9; return [[...c.v], c.v.byteOffset, c.d.byteLength, c.d.getUint8(0), c.v.buffer === c.d.buffer, c.f[0]]; })()", "[[2,3],1,2,2,true,1.5]")]
    [InlineData("(() => { const e = new RangeError('no', { cause: new TypeError('why') }), c = structuredClone(e); return [c instanceof RangeError, c.message, c.cause instanceof TypeError, c.stack === e.stack, c !== e]; })()", "[true,\"no\",true,true,true]")]
    [InlineData("(() => { class Odd extends Error {} const c = structuredClone(Object.assign(new Odd('x'), { name: 'Odd' })); return [c.name, c.message]; })()", "[\"Error\",\"x\"]")]
    [InlineData("[structuredClone(new Number(3)) + 1, structuredClone(Object('s')).length, typeof structuredClone(Object(true)), structuredClone([, 1]).length, structuredClone(undefined) === undefined]", "[4,1,\"object\",2,true]")]
    [InlineData("[() => {}, Symbol('s'), Promise.resolve(), new WeakMap(), new WeakSet(), { deep: [function () {}] }, new URL('http://a')].map(v => { try { structuredClone(v); return 'taken'; } catch (e) { return `${e.name} ${e.code} ${e instanceof DOMException}`; } })", "[\"DataCloneError 25 true\",\"DataCloneError 25 true\",\"DataCloneError 25 true\",\"DataCloneError 25 true\",\"DataCloneError 25 true\",\"DataCloneError 25 true\",\"DataCloneError 25 true\"]")]
    [InlineData("(() => { const b = new ArrayBuffer(1); try { structuredClone(b, { transfer: [b] }); } catch (e) { return [e.name, e.message]; } })()", "[\"DataCloneError\",\"structuredClone transfers nothing here: leave out transfer, and the value is copied\"]")]
    public async Task A_clone_shares_nothing_and_loses_nothing(string expression, string json)
    {
        Assert.Equal(json, (await fixture.RunAsync($"function main() {{ return {expression}; }}")).Text());
    }
}
