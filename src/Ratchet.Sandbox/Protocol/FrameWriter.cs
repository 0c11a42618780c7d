using System.Buffers.Binary;
using System.Text;

namespace Ratchet.Sandbox.Protocol;

/// <summary>Appends frames to a growing buffer. Not safe for several threads: its owner locks.</summary>
internal sealed class FrameWriter(int capacity = 4096)
{
    // A buffer that one large frame has grown is given back once it was written.
    private const int KeptBytes = 1 << 20;

    private byte[] buffer = new byte[capacity];
    private int frameStart = -1;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Begin(FrameType type)
    {
        frameStart = Length;
        Length += FrameLimits.HeaderBytes;
        Byte((byte)type);
    }

    public void End()
    {
        int body = Length - frameStart - FrameLimits.HeaderBytes;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(frameStart), body);
        frameStart = -1;
    }

    /// <summary>Forgets the frame that was begun: what it says could not be said within the limits.</summary>
    public void Abandon()
    {
        if (frameStart < 0) return;
        Length = frameStart;
        frameStart = -1;
    }

    public void Clear()
    {
        Length = 0;
        if (buffer.Length > KeptBytes) buffer = new byte[capacity];
    }

    public void Byte(byte value)
    {
        Grow(1)[0] = value;
        Length += 1;
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Grow(4), value);
        Length += 4;
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Grow(8), value);
        Length += 8;
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(Grow(16));
        Length += 16;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Grow(value.Length));
        Length += value.Length;
    }

    /// <summary>UTF-8 with its length before it; unpaired surrogates become U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> value)
    {
        Span<byte> room = Grow(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        int bytes = Encoding.UTF8.GetBytes(value, room[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, bytes);
        Length += 4 + bytes;
    }

    /// <summary>Null travels as length -1.</summary>
    public void OptionalText(string? value)
    {
        if (value is null) Int32(-1);
        else Text(value);
    }

    private Span<byte> Grow(int room)
    {
        if (buffer.Length - Length < room) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + room));
        return buffer.AsSpan(Length);
    }
}
