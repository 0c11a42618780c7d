using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ClearScript;

namespace Ratchet.Sandbox.Execution;

/// <summary>Turns positions that V8 reports into those of the author's file: main.js is compiled within a function whose head stands before its first line.</summary>
internal static partial class SourcePositions
{
    public const string File = "main.js";

    /// <summary>The author's file. Where there is a debugger to wait for, its first line waits for it.</summary>
    public static DocumentInfo Document => new(File) { Flags = DocumentFlags.AwaitDebuggerAndPause };

    /// <summary>Whether V8 means the author's file by this name: ClearScript makes names unique.</summary>
    public static bool IsFile(string? name) => name is not null && FileName().IsMatch(name);

    /// <summary>The stack without the host's frames, positions as the author counts them.</summary>
    /// <param name="head">Characters before the file's first one, on its first line.</param>
    public static string? CleanStack(string? stack, int head)
    {
        if (stack is null) return null;
        var kept = new StringBuilder(stack.Length);
        foreach (string line in stack.Split('\n'))
        {
            if (IsHostFrame(line)) continue;
            if (kept.Length > 0) kept.Append('\n');
            kept.Append(Frame().Replace(line, match => $"{File}:{match.Groups[1].Value}:{Column(match, head).ToString(CultureInfo.InvariantCulture)}"));
        }
        return kept.ToString();
    }

    /// <summary>Line and column of the first frame in main.js; zeros when there is none.</summary>
    public static (int Line, int Column) First(string? text, int head)
    {
        Match match = Frame().Match(text ?? "");
        return match.Success ? (Number(match.Groups[1]), Column(match, head)) : (0, 0);
    }

    private static bool IsHostFrame(string line) => line.TrimStart().StartsWith("at ", StringComparison.Ordinal)
        && (line.Contains("ratchet:", StringComparison.Ordinal) || line.Contains("V8ScriptEngine [internal]", StringComparison.Ordinal));

    private static int Column(Match match, int head)
    {
        int column = Number(match.Groups[2]);
        return Number(match.Groups[1]) == 1 ? Math.Max(1, column - head) : column;
    }

    private static int Number(Group group) => int.TryParse(group.Value, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex(@"^main(?: \[\d+\])?\.js(?: \[temp\])?$")]
    private static partial Regex FileName();

    // ClearScript makes names unique ("main [2].js") and marks documents that it does not keep ("main.js [temp]").
    [GeneratedRegex(@"main(?: \[\d+\])?\.js(?: \[temp\])?:(\d+):(\d+)")]
    private static partial Regex Frame();
}
