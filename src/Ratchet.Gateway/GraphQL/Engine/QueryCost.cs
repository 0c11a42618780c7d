using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>What an operation may cost at most, worked out before anything is read (docs/guides/graphql.md has the rules).</summary>
internal readonly record struct QueryCost(long Cost, int Depth, int Most)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("requested", Cost);
        json.WriteNumber("maximum", Most);
        json.WriteNumber("depth", Depth);
        json.WriteEndObject();
    }
}

/// <summary>
/// Adds up an operation. An object costs 1; what is in a list counts once for each item that the list may have: as many as <c>first</c> or <c>last</c> say in a connection, ten elsewhere. Fragments are looked at
/// once, so that the work is bounded by the document's size. A document that is not valid is added up as far as it goes: it is refused for that afterwards.
/// </summary>
internal sealed class CostCounter(ISchema schema, GraphQLOptions options, GraphQLDocument document, IReadOnlyDictionary<string, object?>? variables)
{
    private const int AssumedItems = 10;
    private const int MutationCost = 10;

    /// <summary>Lists within lists that introspection may ask for: fields of types of fields and so on would grow without end.</summary>
    private const int IntrospectedLists = 3;

    private readonly Dictionary<string, (long Cost, int Depth)> fragments = [];
    private readonly HashSet<string> open = [];
    private int aliases;

    /// <exception cref="ProblemException">It is over a limit.</exception>
    public QueryCost Count(GraphQLOperationDefinition operation)
    {
        IComplexGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        int weight = operation.Operation == OperationType.Mutation ? MutationCost : 1;
        (long cost, int depth) = Sum(operation.SelectionSet, root, weight, 1);
        if (cost > options.MaxCost) throw Over($"The operation may cost {cost}, and {options.MaxCost} is the limit: ask for smaller pages, or for less in each.");
        return new QueryCost(cost, depth, options.MaxCost);
    }

    private (long Cost, int Depth) Sum(GraphQLSelectionSet? selections, IComplexGraphType? parent, int weight, int depth)
    {
        long cost = 0;
        int deepest = depth;
        foreach (ASTNode selection in selections?.Selections ?? [])
        {
            (long more, int deep) = selection switch
            {
                GraphQLField field => OfField(field, parent, weight, depth),
                GraphQLInlineFragment inline => Sum(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? parent, weight, depth),
                GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue, weight, depth),
                _ => (0, depth),
            };
            cost = Math.Min(cost + more, int.MaxValue);
            deepest = Math.Max(deepest, deep);
        }

        return (cost, deepest);
    }

    private (long Cost, int Depth) OfField(GraphQLField field, IComplexGraphType? parent, int weight, int depth)
    {
        string name = field.Name.StringValue;
        if (field.Alias is not null && ++aliases > options.MaxAliases) throw Over($"The document has more than {options.MaxAliases} aliases.");
        if (name is "__schema" or "__type") return (1, Introspected(field, 1));
        if (depth > options.MaxDepth) throw Over($"The document is deeper than {options.MaxDepth} levels.");
        if (field.SelectionSet is null) return (0, depth);
        IGraphType? type = parent?.Fields.Find(name)?.ResolvedType;
        var named = type?.GetNamedType() as IGraphType;
        bool wrapper = parent?.Name.EndsWith(GraphSchema.Connection, StringComparison.Ordinal) == true || parent?.Name.EndsWith(GraphSchema.Edge, StringComparison.Ordinal) == true;
        long items = named?.Name.EndsWith(GraphSchema.Connection, StringComparison.Ordinal) == true ? PageSize(field) : !wrapper && IsList(type) ? AssumedItems : 1;
        (long inner, int deepest) = Sum(field.SelectionSet, named as IComplexGraphType, 1, depth + 1);
        return (Math.Min((wrapper ? 0 : weight) + (items * inner) + (items > 1 ? items : 0), int.MaxValue), deepest);
    }

    private (long Cost, int Depth) OfFragment(string name, int weight, int depth)
    {
        if (!fragments.TryGetValue(name, out (long Cost, int Depth) known))
        {
            GraphQLFragmentDefinition? fragment = document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(f => f.FragmentName.Name.Value == name);
            // One that is not there, or is within itself, is refused when the document is validated.
            if (fragment is null || !open.Add(name)) return (0, depth);
            (long cost, int deepest) = Sum(fragment.SelectionSet, TypeOf(fragment.TypeCondition), weight, 1);
            open.Remove(name);
            fragments[name] = known = (cost, deepest);
        }

        int total = depth + known.Depth - 1;
        return total > options.MaxDepth ? throw Over($"The document is deeper than {options.MaxDepth} levels.") : (known.Cost, total);
    }

    /// <summary>Introspection has a bound of its own: what clients send is deep, and costs little as long as lists are not within lists.</summary>
    private int Introspected(GraphQLField field, int depth)
    {
        if (!options.Introspection) throw new ProblemException(Problem.InvalidDocument("Introspection is turned off here."));
        CheckLists(field.SelectionSet, 0, []);
        return depth;
    }

    private void CheckLists(GraphQLSelectionSet? selections, int lists, HashSet<string> within)
    {
        foreach (ASTNode selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    int more = lists + (field.Name.StringValue is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? 1 : 0);
                    if (more >= IntrospectedLists) throw Over("Introspection may not ask for lists of fields within lists of fields.");
                    CheckLists(field.SelectionSet, more, within);
                    break;
                case GraphQLInlineFragment inline:
                    CheckLists(inline.SelectionSet, lists, within);
                    break;
                case GraphQLFragmentSpread spread when within.Add($"{spread.FragmentName.Name.StringValue} {lists}"):
                    CheckLists(document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(f => f.FragmentName.Name.Value == spread.FragmentName.Name.Value)?.SelectionSet, lists, within);
                    break;
            }
        }
    }

    private long PageSize(GraphQLField field)
    {
        GraphQLArgument? size = field.Arguments?.FirstOrDefault(a => a.Name.StringValue is "first" or "last");
        object? value = size?.Value is GraphQLVariable variable ? variables?.GetValueOrDefault(variable.Name.StringValue) : size is null ? null : (size.Value as GraphQLIntValue) is { } number ? JsonNumbers.Of(number.Value.Span) : null;
        return value is int items ? Math.Clamp(items, 1, Limits.ListRows) : PageRequest.DefaultSize;
    }

    private IComplexGraphType? TypeOf(GraphQLTypeCondition? condition) => condition is null ? null : schema.AllTypes[condition.Type.Name.Value] as IComplexGraphType;

    private static bool IsList(IGraphType? type) => type is ListGraphType or NonNullGraphType { ResolvedType: ListGraphType };

    private static ProblemException Over(string detail) => new(Problem.OverLimit(detail));
}
