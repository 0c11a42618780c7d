using System.CommandLine;
using System.CommandLine.Completions;

namespace Ratchet.Cli.Completion;

/// <summary>
/// What may stand at some position of a line. The parser finds it; here it becomes what people expect to see: only what goes on with the word, no options until a dash is typed where anything else may
/// stand, and names that the server knows.
/// </summary>
internal sealed class Suggestions(RootCommand root, ParserConfiguration parser, TimeProvider time)
{
    private const string Program = "ratchet";

    /// <param name="line">With the command's name before it.</param>
    /// <param name="position">Of the cursor, in characters; what is behind it does not matter.</param>
    public async Task<IReadOnlyList<string>> ListAsync(string line, int position, CancellationToken cancel)
    {
        if (!line.StartsWith(Program, StringComparison.Ordinal)) return [];
        string before = line[Program.Length..Math.Clamp(position, Program.Length, line.Length)];
        string glued = Glued(before);
        // The parser completes no value behind a '='; it does behind a space.
        if (glued.Length > 0) before = $"{before[..before.LastIndexOf(' ')]} {glued[..^1]} {before[(before.LastIndexOf(' ') + 1 + glued.Length)..]}";
        ServerNames names = new(time);
        KnownWords.Attach(root, names);
        ParseResult parsed = root.Parse(before, parser);
        string word = before[(before.LastIndexOf(' ') + 1)..];
        string[] found = [.. Found(parsed, before.Length).Where(text => !text.StartsWith('/') && text != "-?")];
        string[] all = [.. found.Concat(await names.ListAsync(parsed, cancel)).Where(text => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct()];
        bool optionsLater = word.Length == 0 && all.Any(text => !text.StartsWith('-'));
        return [.. all.Where(text => !optionsLater || !text.StartsWith('-')).Select(text => glued + text)];
    }

    private static IEnumerable<string> Found(ParseResult parsed, int position)
    {
        try
        {
            return [.. parsed.GetCompletions(position).Select(item => item.InsertText ?? item.Label)];
        }
        catch (InvalidOperationException)
        {
            // The parser fails on a value behind a ':', for which it has no words either.
            return [];
        }
    }

    /// <summary><c>--priority=</c> of a line that ends with <c>--priority=h</c>; else empty.</summary>
    private static string Glued(string line)
    {
        string word = line[(line.LastIndexOf(' ') + 1)..];
        return word.StartsWith('-') && word.Contains('=') ? word[..(word.IndexOf('=') + 1)] : "";
    }
}
