using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ratchet.Cli.Input;

/// <summary>Finds an option that no command has. The parser takes such a word for an argument, where there is room for one.</summary>
internal static class Mistyped
{
    /// <summary>One sentence, with the option that was meant where one is near; null when there is no such word.</summary>
    public static string? Option(ParseResult parsed)
    {
        if (Word(parsed) is not { } word) return null;
        string name = word.Split('=', ':')[0];
        string[] known = [.. Commands(parsed).SelectMany((command, level) => command.Options.Where(option => level == 0 || option.Recursive)).SelectMany(option => option.Aliases.Prepend(option.Name))];
        string[] comparable = [.. known.Where(candidate => candidate.StartsWith("--", StringComparison.Ordinal) == name.StartsWith("--", StringComparison.Ordinal))];
        return $"'{name}' is not an option{(Near(name, comparable) is { } near ? $"; did you mean '{near}'?" : ".")}";
    }

    /// <summary>Any letter is near any other.</summary>
    private static string? Near(string name, string[] known) => name.Length > 2 ? NearestName.Close(name, known) : null;

    private static string? Word(ParseResult parsed)
    {
        Token[] typed = [.. parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)];
        HashSet<string> unmatched = [.. parsed.UnmatchedTokens];
        HashSet<string> arguments = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)];
        // -1 is a number, and - alone is stdin.
        return typed.Where(token => token.Type == TokenType.Argument).Select(token => token.Value)
            .FirstOrDefault(word => (unmatched.Contains(word) && word is ['-', not (>= '0' and <= '9'), ..]) || (arguments.Contains(word) && word is ['-', '-', not '-', ..]));
    }

    /// <summary>The command that was typed, and those that it is below.</summary>
    private static IEnumerable<Command> Commands(ParseResult parsed)
    {
        for (Command? at = parsed.CommandResult.Command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault()) yield return at;
    }
}
