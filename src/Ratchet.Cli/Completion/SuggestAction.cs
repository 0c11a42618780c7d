using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Completion;

/// <summary><c>ratchet "[suggest:POSITION]" "ratchet LINE"</c>: what may stand at the position of a line that is being typed, one a line.</summary>
internal sealed class SuggestAction(RootCommand root, SuggestDirective directive, ParserConfiguration parser) : AsynchronousCommandLineAction
{
    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        string line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        string? said = parseResult.GetResult(directive) is { Values: [{ } value, ..] } ? value : null;
        int position = int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out int typed) ? typed : line.Length;
        foreach (string text in await new Suggestions(root, parser, TimeProvider.System).ListAsync(line, position, cancellationToken)) Console.Out.WriteLine(Messages.Clean(text));
        return ExitCodes.Ok;
    }
}
