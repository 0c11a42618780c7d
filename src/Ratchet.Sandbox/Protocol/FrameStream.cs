using System.Buffers.Binary;

namespace Ratchet.Sandbox.Protocol;

/// <summary>Cuts a byte stream into frame bodies, reading as much at once as the other side has sent.</summary>
/// <param name="source">A pipe; reads block.</param>
/// <param name="mostBytes">Largest body that is accepted.</param>
internal sealed class FrameStream(Stream source, int mostBytes)
{
    private byte[] buffer = new byte[64 << 10];
    private int start;
    private int end;

    /// <summary>Reads what there is, at least one byte. False at the end of the stream.</summary>
    /// <exception cref="FrameException">The stream ended within a frame.</exception>
    public bool Fill()
    {
        if (start == end) start = end = 0;
        else if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        if (end == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, Math.Max(mostBytes + FrameLimits.HeaderBytes, buffer.Length + 1)));
        int read = source.Read(buffer, end, buffer.Length - end);
        if (read == 0 && end > start) throw new FrameException("the stream ended within a frame");
        end += read;
        return read > 0;
    }

    /// <summary>The next complete body; valid until the next <see cref="Fill"/>.</summary>
    /// <exception cref="FrameException">The length is negative, zero or above the limit.</exception>
    public bool TryNext(out ReadOnlySpan<byte> body)
    {
        body = default;
        if (end - start < FrameLimits.HeaderBytes) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start));
        if (length < 1 || length > mostBytes) throw new FrameException($"a frame of {length} bytes is outside 1 to {mostBytes}");
        if (end - start - FrameLimits.HeaderBytes < length) return false;
        body = buffer.AsSpan(start + FrameLimits.HeaderBytes, length);
        start += FrameLimits.HeaderBytes + length;
        return true;
    }
}
