using System.CommandLine;
using System.Text.RegularExpressions;
using Ratchet.Cli.Input.Fields;

namespace Ratchet.Cli.Server;

/// <summary>Says what a server found wrong in the words of the command line: it knows <c>/runAt</c>, people typed <c>--run-at</c>.</summary>
internal sealed class FlagNames
{
    public static readonly FlagNames None = new([], _ => null);

    private readonly Dictionary<string, string> flags = [];

    private FlagNames(IEnumerable<Symbol> symbols, Func<Option, string?> typed)
    {
        foreach (Symbol symbol in symbols)
        {
            switch (symbol)
            {
                case IBodyField field:
                    flags[field.Pointer] = (symbol is Option option ? typed(option) : null) ?? symbol.Name;
                    break;
                case Option { Name: "--input" or "--task" or "--file" }:
                    flags["/" + symbol.Name[2..]] = flags["/job/" + symbol.Name[2..]] = symbol.Name;
                    break;
                case Argument { Name: "TASK" or "PRIORITY" or "WEIGHT" or "URL" }:
                    flags["/" + symbol.Name.ToLowerInvariant()] = symbol.Name;
                    break;
            }
        }
    }

    public static FlagNames Of(ParseResult parsed) => new(
        [.. parsed.CommandResult.Command.Options, .. parsed.CommandResult.Command.Arguments],
        option => parsed.GetResult(option)?.IdentifierToken?.Value);

    /// <param name="pointer">JSON Pointer to the field; empty for the whole request.</param>
    /// <param name="detail">The server's sentence about it.</param>
    public string Say(string pointer, string detail)
    {
        if (pointer.Length == 0) return Translate(detail);
        (string at, string below) = Nearest(pointer);
        if (!flags.TryGetValue(at, out string? flag)) return $"{pointer}: {detail}";
        string name = pointer[1..].Replace('/', '.');
        string place = below.Length > 0 ? $"{flag} {below}" : flag;
        string text = detail.StartsWith(name + ' ', StringComparison.Ordinal) ? place + detail[name.Length..] : detail;
        text = Translate(text, at);
        return text.Contains(place, StringComparison.Ordinal) ? text : $"{place}: {text}";
    }

    /// <summary>Names of fields that no word of a sentence looks like.</summary>
    /// <param name="near">Fields beside this one may go by their last name.</param>
    private string Translate(string detail, string near = "")
    {
        string parent = near[..Math.Max(0, near.LastIndexOf('/'))];
        foreach ((string pointer, string flag) in flags)
        {
            string name = pointer[(pointer.LastIndexOf('/') + 1)..];
            bool beside = pointer.Length == parent.Length + name.Length + 1 && pointer.StartsWith(parent, StringComparison.Ordinal);
            if (beside && name.Any(char.IsAsciiLetterUpper)) detail = Regex.Replace(detail, $@"(?<![\w./-]){Regex.Escape(name)}(?![\w./-]\w)", flag);
        }

        return detail;
    }

    /// <summary>The innermost field that has a flag, and what lies below it.</summary>
    private (string At, string Below) Nearest(string pointer)
    {
        for (string at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (flags.ContainsKey(at)) return (at, pointer[at.Length..]);
        }

        return ("", pointer);
    }
}
