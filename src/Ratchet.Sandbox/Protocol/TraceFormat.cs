namespace Ratchet.Sandbox.Protocol;

/// <summary>Entries as bytes: the kind, how often when more than once, and the value; of times the difference to the time before.</summary>
internal static class TraceFormat
{
    /// <summary>Set in a kind's byte when a count follows.</summary>
    private const byte Repeated = 0x80;

    /// <summary>Longest form of one entry: its kind, a count and a value.</summary>
    public const int EntryBytes = 1 + 5 + 10;

    /// <summary>Writes one entry; returns its length.</summary>
    /// <param name="lastTime">Of the time entry before, zero at first; brought up to date.</param>
    public static int Write(Span<byte> to, in TraceEntry entry, ref long lastTime)
    {
        int length = 0;
        to[length++] = (byte)((byte)entry.Kind | (entry.Count > 1 ? Repeated : 0));
        if (entry.Count > 1) length += WriteNumber(to[length..], (ulong)entry.Count);
        long value = entry.Value;
        if (entry.Kind == TraceKind.Time)
        {
            value -= lastTime;
            lastTime = entry.Value;
        }
        return length + WriteNumber(to[length..], (ulong)((value << 1) ^ (value >> 63)));
    }

    /// <exception cref="FrameException">These bytes are no entries, or more than <paramref name="most"/>.</exception>
    public static List<TraceEntry> Read(ReadOnlySpan<byte> bytes, int most)
    {
        var entries = new List<TraceEntry>();
        long lastTime = 0;
        while (!bytes.IsEmpty)
        {
            if (entries.Count == most) throw new FrameException($"a trace has more than {most} entries");
            byte first = bytes[0];
            bytes = bytes[1..];
            var kind = (TraceKind)(first & ~Repeated);
            if (kind is < TraceKind.Time or > TraceKind.Abort) throw new FrameException($"a trace's entry is of no kind {(int)kind}");
            ulong count = (first & Repeated) != 0 ? ReadNumber(ref bytes) : 1;
            if (count is 0 or > int.MaxValue) throw new FrameException("a trace's count is outside its range");
            ulong coded = ReadNumber(ref bytes);
            long value = (long)(coded >> 1) ^ -(long)(coded & 1);
            if (kind == TraceKind.Time) value = lastTime = unchecked(value + lastTime);
            entries.Add(new TraceEntry(kind, value, (int)count));
        }
        return entries;
    }

    public static byte[] Write(IReadOnlyList<TraceEntry> entries)
    {
        byte[] bytes = new byte[entries.Count * EntryBytes];
        int length = 0;
        long lastTime = 0;
        for (int i = 0; i < entries.Count; i++) length += Write(bytes.AsSpan(length), entries[i], ref lastTime);
        return bytes[..length];
    }

    private static int WriteNumber(Span<byte> to, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (int i = 0; i < from.Length && i < 10; i++)
        {
            value |= (ulong)(from[i] & 0x7f) << (7 * i);
            if (from[i] >= 0x80) continue;
            from = from[(i + 1)..];
            return value;
        }
        throw new FrameException("a trace ends within a number");
    }
}
