using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>crypto in a task.</summary>
[Collection(PoolTests.Name)]
public sealed class CryptoTests(PoolFixture fixture)
{
    private const string Hex = "const hex = buffer => [...new Uint8Array(buffer)].map(b => b.toString(16).padStart(2, '0')).join('');";

    [Theory]
    // FIPS 180-4, the example of "abc".
    [InlineData("sha-1", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SHA-384", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [InlineData("SHA-512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public async Task A_digest_is_that_of_its_bytes(string algorithm, string digest)
    {
        RunOutcome outcome = await fixture.RunAsync($$"""
            {{Hex}}
            async function main(name) {
              const abc = new Uint8Array([9, 97, 98, 99]).subarray(1);
              return [await crypto.subtle.digest(name, abc), await crypto.subtle.digest({ name }, new DataView(abc.buffer, 1))].map(hex);
            }
            """, $"\"{algorithm}\"");
        Assert.Equal($"""["{digest}","{digest}"]""", outcome.Text());
    }

    [Fact]
    public async Task A_digest_counts_every_byte_value_and_refuses_what_it_does_not_know()
    {
        byte[] all = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        RunOutcome outcome = await fixture.RunAsync($$"""
            {{Hex}}
            async function main() {
              const name = promise => promise.then(() => 'fulfilled', e => e.name);
              return [hex(await crypto.subtle.digest('SHA-256', Uint8Array.from({ length: 300000 }, (_, i) => i))), await name(crypto.subtle.digest('MD5', new Uint8Array())), await name(crypto.subtle.digest('SHA-1', 'text'))];
            }
            """);
        Assert.Equal($"""["{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(all))}","NotSupportedError","TypeError"]""", outcome.Text());
    }

    [Fact]
    public async Task Random_values_fill_arrays_of_integers()
    {
        RunOutcome outcome = await fixture.RunAsync("""
            function main() {
              const ids = Array.from({ length: 200 }, () => crypto.randomUUID());
              const large = new Uint32Array(16384), part = new Uint8Array(8);
              const refused = [() => crypto.getRandomValues(new Float64Array(1)), () => crypto.getRandomValues(new DataView(new ArrayBuffer(1))), () => crypto.getRandomValues([1]), () => crypto.getRandomValues(new Uint8Array(65537))];
              crypto.getRandomValues(part.subarray(0, 4));
              return [
                new Set(ids).size, ids.every(id => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
                crypto.getRandomValues(large) === large, new Set(large).size > 16000, new Set(new Uint8Array(large.buffer)).size,
                typeof crypto.getRandomValues(new BigInt64Array(1))[0], [...part.subarray(4)],
                refused.map(f => { try { f(); return 'taken'; } catch (e) { return `${e.name} ${e.code}`; } }),
              ];
            }
            """);
        Assert.Equal("""[200,true,true,true,256,"bigint",[0,0,0,0],["TypeMismatchError 17","TypeMismatchError 17","TypeMismatchError 17","QuotaExceededError 22"]]""", outcome.Text());
    }
}
