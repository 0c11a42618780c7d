using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>TextEncoder, TextDecoder, atob and btoa in a task.</summary>
[Collection(PoolTests.Name)]
public sealed class EncodingTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("[...new TextEncoder().encode('\\u00e9\\u20ac\\ud83d\\ude00\\ud800')]", "[195,169,226,130,172,240,159,152,128,239,191,189]")]
    [InlineData("new TextEncoder().encodeInto('a\\u20acb', new Uint8Array(3))", """{"read":1,"written":1}""")]
    [InlineData("new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]))", "\"a\ufffd\"")]
    [InlineData("new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf])).length", "1")]
    [InlineData("new TextDecoder('utf-16').decode(new Uint8Array([0x61, 0, 0x3d, 0xd8, 0, 0xde]))", "\"a\ud83d\ude00\"")]
    [InlineData("new TextDecoder('latin1').decode(new Uint8Array([0x80, 0xe9]))", "\"\u20ac\u00e9\"")]
    [InlineData("(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])); })()", "\"\u20ac\"")]
    [InlineData("(() => { try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])); } catch (e) { return e.name; } })()", "\"TypeError\"")]
    [InlineData("(() => { try { new TextDecoder('nonsense'); } catch (e) { return e.name; } })()", "\"RangeError\"")]
    [InlineData("(() => { try { new TextDecoder('shift_jis'); } catch (e) { return e.message; } })()", "\"The encoding 'shift_jis' is not supported here: UTF-8, UTF-16 and the single-byte encodings are\"")]
    public async Task Text_and_bytes_are_made_of_each_other(string expression, string json)
    {
        Assert.Equal(json, (await fixture.RunAsync($"function main() {{ return {expression}; }}")).Text());
    }

    [Theory]
    [InlineData("btoa('')", "\"\"")]
    [InlineData("btoa('a') + btoa('ab') + btoa('abc')", "\"YQ==YWI=YWJj\"")]
    [InlineData("atob(' Y\\nQ= = ') + atob('YQ') + atob('YWI=')", "\"aaab\"")]
    [InlineData("(() => { const all = String.fromCharCode(...Array(256).keys()); return atob(btoa(all)) === all; })()", "true")]
    [InlineData("['YQ=', '=', 'Y', 'Y*==', 'YQ===', 'YWI=a'].map(t => { try { return atob(t); } catch (e) { return e.name + e.code; } })", "[\"InvalidCharacterError5\",\"InvalidCharacterError5\",\"InvalidCharacterError5\",\"InvalidCharacterError5\",\"InvalidCharacterError5\",\"InvalidCharacterError5\"]")]
    [InlineData("(() => { try { btoa('\\u0100'); } catch (e) { return [e.name, e instanceof DOMException, e instanceof Error]; } })()", "[\"InvalidCharacterError\",true,true]")]
    public async Task Base64_is_forgiving_and_no_more(string expression, string json)
    {
        Assert.Equal(json, (await fixture.RunAsync($"function main() {{ return {expression}; }}")).Text());
    }
}
