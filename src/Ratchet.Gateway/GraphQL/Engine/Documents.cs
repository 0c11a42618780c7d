using System.Collections.Concurrent;
using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser.AST;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>Parsed documents by their text: most of what a client sends it has sent before. A document that was valid once is not validated again, as far as its rules go.</summary>
internal sealed class Documents(GraphQLOptions options)
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, ParsedDocument> known = new(StringComparer.Ordinal);
    private readonly GraphQLDocumentBuilder builder = new();

    /// <exception cref="ProblemException">It is too large, or no GraphQL.</exception>
    public ParsedDocument Parse(string text)
    {
        if (known.TryGetValue(text, out ParsedDocument? parsed)) return parsed;
        if (Encoding.UTF8.GetByteCount(text) > options.MaxDocumentBytes) throw new ProblemException(Problem.TooLarge($"The document is larger than {options.MaxDocumentBytes} bytes."));
        try
        {
            return new ParsedDocument(text, builder.Build(text));
        }
        catch (ExecutionError e)
        {
            throw new ProblemException(ProblemError.Of(e));
        }
    }

    /// <summary>The document was valid.</summary>
    public void Keep(ParsedDocument document)
    {
        if (document.Valid) return;
        document.Valid = true;
        // Simple and bounded; clients have a handful of documents.
        if (known.Count >= Most) known.Clear();
        known[document.Text] = document;
    }
}

internal sealed class ParsedDocument(string text, GraphQLDocument ast)
{
    public string Text => text;
    public GraphQLDocument Ast => ast;
    public bool Valid { get; set; }

    /// <exception cref="ProblemException">There is no such operation, or several and no name.</exception>
    public GraphQLOperationDefinition Operation(string? name)
    {
        GraphQLOperationDefinition[] all = [.. ast.Definitions.OfType<GraphQLOperationDefinition>().Where(o => string.IsNullOrEmpty(name) || o.Name?.StringValue == name)];
        return all.Length == 1 ? all[0] : throw new ProblemException(Problem.InvalidDocument(
            all.Length == 0 ? string.IsNullOrEmpty(name) ? "The document has no operation." : $"The document has no operation '{name}'." : "The document has several operations: say which, by operationName."));
    }
}
