using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ratchet.Sandbox.Execution.Tracing;

/// <summary>
/// Random numbers that one secret seed determines, so that a recording holds the seed alone. Blocks of HMAC-SHA-256 over a counter, keyed with the seed:
/// the counter mode of NIST SP 800-108r1.
/// </summary>
internal sealed class RunRandom(byte[] seed)
{
    private const int MathBytes = 16;
    private readonly byte[] block = new byte[HMACSHA256.HashSizeInBytes];
    private int used = HMACSHA256.HashSizeInBytes;
    private long counter;

    public string ForMath() => Encoding.Latin1.GetString(HMACSHA256.HashData(seed, "Math.random"u8)[..MathBytes]);

    public string Next(int count) => string.Create(count, this, static (characters, random) =>
    {
        for (int i = 0; i < characters.Length; i++) characters[i] = (char)random.Next();
    });

    private byte Next()
    {
        if (used == block.Length) Refill();
        return block[used++];
    }

    private void Refill()
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, ++counter);
        HMACSHA256.HashData(seed, number, block);
        used = 0;
    }
}
