using System.Buffers.Binary;
using System.Text;

namespace Ratchet.Sandbox.Protocol;

/// <summary>Reads the fields of one frame's body. Every read is checked against the body's end.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    public FrameType Type() => (FrameType)Byte();

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new FrameException($"a flag is 0 or 1, not {other}"),
    };

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    /// <exception cref="FrameException">Negative, or above <paramref name="most"/>.</exception>
    public int Count(int most)
    {
        int count = Int32();
        return count >= 0 && count <= most ? count : throw new FrameException($"a count of {count} is outside 0 to {most}");
    }

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText()
    {
        int length = Int32();
        return length == -1 ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <exception cref="FrameException">Bytes are left over.</exception>
    public readonly void End()
    {
        if (!rest.IsEmpty) throw new FrameException($"{rest.Length} bytes too many in a frame");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > rest.Length) throw new FrameException($"a field of {length} bytes does not fit in the {rest.Length} that are left of its frame");
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
