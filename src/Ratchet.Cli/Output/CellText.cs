using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Ratchet.Cli.Output;

/// <summary>Texts measured in cells of a terminal, of which some characters take two and some none.</summary>
internal static class CellText
{
    private const string Ellipsis = "…";

    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : text.GetCellWidth();

    /// <summary>On one line, whatever is in it: a row of a table is a line for whoever reads it by program.</summary>
    public static string OnOneLine(string text) =>
        Messages.Clean(text.AsSpan().IndexOfAny("\r\n\t") < 0 ? text : string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)));

    public static string Cut(string text, int width) => Width(text) <= width ? text : string.Concat(Head(text, width - 1), Ellipsis);

    /// <summary>Lines of at most so many cells, broken between words.</summary>
    /// <param name="hard">Whether a word that is longer than a line is broken as well; else it has a longer line of its own.</param>
    public static IEnumerable<string> Wrap(string text, int width, bool hard)
    {
        foreach (string paragraph in text.Split('\n'))
        {
            StringBuilder line = new();
            int used = 0;
            foreach (string word in paragraph.Split(' ').SelectMany(word => hard ? Pieces(word, width) : [word]))
            {
                int cells = Width(word);
                if (line.Length > 0 && used + 1 + cells > width)
                {
                    yield return line.ToString();
                    line.Clear();
                    used = 0;
                }

                if (line.Length > 0)
                {
                    line.Append(' ');
                    used++;
                }

                line.Append(word);
                used += cells;
            }

            yield return line.ToString();
        }
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        while (Width(word) > width && Head(word, width) is { Length: > 0 } head && head.Length < word.Length)
        {
            yield return head;
            word = word[head.Length..];
        }

        yield return word;
    }

    /// <summary>As much of its beginning as has room, and never half of what is one character for people.</summary>
    private static string Head(string text, int width)
    {
        int end = 0, used = 0;
        while (end < text.Length)
        {
            int length = StringInfo.GetNextTextElementLength(text, end);
            used += Width(text.Substring(end, length));
            if (used > width) break;
            end += length;
        }

        return text[..end];
    }
}
