using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>Reads one escape at the head of UTF-8 text.</summary>
internal static class Escapes
{
    /// <summary>Longest that is looked at: HTML's names are shorter.</summary>
    private const int MostBytes = 34;
    private const int PercentBytes = 3;
    private const int UnicodeBytes = 6;
    private const int ByteBytes = 4;

    public static readonly SearchValues<byte> Starts = SearchValues.Create("\\%&"u8);

    /// <param name="to">Gets the bytes that it stands for, 8 at most.</param>
    /// <returns>How long the escape is, and how many bytes it stands for; zeros when there is none of these kinds.</returns>
    public static (int Length, int Written) Read(ReadOnlySpan<byte> text, EscapeKinds kinds, Span<byte> to) => text[0] switch
    {
        (byte)'\\' when kinds.HasFlag(EscapeKinds.Backslash) => Backslash(text, to),
        (byte)'%' when kinds.HasFlag(EscapeKinds.Percent) && text.Length >= PercentBytes && Hex(text.Slice(1, 2)) is { } value => One(PercentBytes, (byte)value, to),
        (byte)'&' when kinds.HasFlag(EscapeKinds.Entity) => Entity(text, to),
        _ => default,
    };

    private static (int, int) Backslash(ReadOnlySpan<byte> text, Span<byte> to)
    {
        if (text.Length < 2) return default;
        switch (text[1])
        {
            case (byte)'b': return One(2, (byte)'\b', to);
            case (byte)'f': return One(2, (byte)'\f', to);
            case (byte)'n': return One(2, (byte)'\n', to);
            case (byte)'r': return One(2, (byte)'\r', to);
            case (byte)'t': return One(2, (byte)'\t', to);
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'\'' or (byte)'`': return One(2, text[1], to);
            case (byte)'x' when text.Length >= ByteBytes && Hex(text.Slice(2, 2)) is { } value: return (ByteBytes, new Rune(value).EncodeToUtf8(to));
            case (byte)'u' when Unit(text) is { } unit:
                if (Rune.TryCreate(unit, out Rune rune)) return (UnicodeBytes, rune.EncodeToUtf8(to));
                return Unit(text[UnicodeBytes..]) is { } low && Rune.TryCreate(unit, low, out rune) ? (2 * UnicodeBytes, rune.EncodeToUtf8(to)) : default;
            default: return default;
        }
    }

    private static (int, int) Entity(ReadOnlySpan<byte> text, Span<byte> to)
    {
        int end = text[..Math.Min(text.Length, MostBytes)].IndexOf((byte)';');
        if (end < 2) return default;
        string written = Encoding.Latin1.GetString(text[..(end + 1)]), read = WebUtility.HtmlDecode(written);
        // XML's, which HTML 4 did not have.
        if (written == "&apos;") read = "'";
        if (read == written || read.Length > 2 || !Rune.TryGetRuneAt(read, 0, out Rune rune) || rune.Utf16SequenceLength != read.Length) return default;
        return (end + 1, rune.EncodeToUtf8(to));
    }

    private static char? Unit(ReadOnlySpan<byte> text) =>
        text.Length >= UnicodeBytes && text[0] == '\\' && text[1] == 'u' && Hex(text.Slice(2, 4)) is { } value ? (char)value : null;

    private static int? Hex(ReadOnlySpan<byte> digits)
    {
        foreach (byte digit in digits) if (!char.IsAsciiHexDigit((char)digit)) return null;
        return Utf8Parser.TryParse(digits, out int value, out _, 'x') ? value : int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static (int, int) One(int length, byte value, Span<byte> to)
    {
        to[0] = value;
        return (length, 1);
    }
}
