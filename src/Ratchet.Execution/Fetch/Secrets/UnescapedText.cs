using System.Runtime.InteropServices;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>A text with its escapes read once, and where each byte of that stands in the text. Memory and time grow with the text's length, the map with the number of escapes.</summary>
internal sealed class UnescapedText
{
    private readonly record struct Escape(int At, int Length, int From, int To);

    private readonly byte[] bytes;
    private readonly List<Escape> escapes;
    private readonly UnescapedText? outer;
    private readonly int length;

    private UnescapedText(byte[] bytes, int length, List<Escape> escapes, UnescapedText? outer) => (this.bytes, this.length, this.escapes, this.outer) = (bytes, length, escapes, outer);

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <returns>Null when the text has no escape of these kinds.</returns>
    public static UnescapedText? Of(ReadOnlySpan<byte> text, EscapeKinds kinds, UnescapedText? outer = null)
    {
        List<Escape>? escapes = null;
        byte[] bytes = [];
        int written = 0, copied = 0;
        Span<byte> read = stackalloc byte[8];
        for (int at = Next(text, 0); at < text.Length;)
        {
            (int length, int count) = Escapes.Read(text[at..], kinds, read);
            if (length > 0)
            {
                if (escapes is null) (escapes, bytes) = ([], new byte[text.Length]);
                text[copied..at].CopyTo(bytes.AsSpan(written));
                written += at - copied;
                read[..count].CopyTo(bytes.AsSpan(written));
                escapes.Add(new Escape(written, count, at, at + length));
                written += count;
                copied = at + length;
            }
            at = Next(text, at + Math.Max(length, 1));
        }
        if (escapes is null) return null;
        text[copied..].CopyTo(bytes.AsSpan(written));
        return new UnescapedText(bytes, written + text.Length - copied, escapes, outer);
    }

    /// <summary>Its own escapes, read once more.</summary>
    public UnescapedText? Again(EscapeKinds kinds) => Of(Bytes, kinds, this);

    /// <summary>What some of these bytes were read from, in the outermost text; an escape counts as a whole.</summary>
    public (int Start, int End) Origin(int start, int end)
    {
        (int, int) origin = (Position(start).Start, Position(end - 1).End);
        return outer?.Origin(origin.Item1, origin.Item2) ?? origin;
    }

    private (int Start, int End) Position(int at)
    {
        Span<Escape> all = CollectionsMarshal.AsSpan(escapes);
        int low = 0, high = all.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (all[middle].At <= at) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return (at, at + 1);
        Escape before = all[low - 1];
        int beyond = at - before.At - before.Length;
        return beyond < 0 ? (before.From, before.To) : (before.To + beyond, before.To + beyond + 1);
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length) return text.Length;
        int at = text[from..].IndexOfAny(Escapes.Starts);
        return at < 0 ? text.Length : from + at;
    }
}
