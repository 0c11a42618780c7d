using System.Text;
using System.Text.Unicode;

namespace Ratchet.Execution.Packages;

/// <summary>A file's UTF-8 bytes, and where in them people would say something is.</summary>
internal static class SourceText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Leaves out a byte order mark; editors on Windows still write it, and neither JSON (RFC 8259, section 8.1) nor JavaScript wants it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;

    /// <summary>Adds a problem and returns false when the bytes are not UTF-8.</summary>
    public static bool CheckUtf8(string file, ReadOnlySpan<byte> utf8, ICollection<TaskProblem> problems)
    {
        if (Utf8.IsValid(utf8)) return true;
        char[] scratch = new char[utf8.Length];
        Utf8.ToUtf16(utf8, scratch, out int read, out _, replaceInvalidSequences: false);
        (int line, int column) = Position(utf8, read);
        problems.Add(new TaskProblem(file, line, column, "is not UTF-8 text from here on."));
        return false;
    }

    /// <summary>Line and column, both from 1, of a byte; columns count UTF-16 units, as editors and V8 do.</summary>
    public static (int Line, int Column) Position(ReadOnlySpan<byte> utf8, int offset)
    {
        ReadOnlySpan<byte> before = utf8[..Math.Clamp(offset, 0, utf8.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
