using System.Text;
using GraphQL;
using GraphQL.Resolvers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>A page of a list (GraphQL Cursor Connections Specification).</summary>
/// <param name="Edges">Each with its cursor, in the list's order.</param>
/// <param name="Total">Counts all that match; called only when it is asked for.</param>
internal sealed record Page(IReadOnlyList<PageEdge> Edges, bool HasNext, bool HasPrevious, Func<Task<long?>> Total)
{
    /// <summary>Where to go on when that is not behind the last of the edges: more was looked through than matched.</summary>
    public string? End { get; init; }

    /// <summary>A page of a list that only goes on and is never counted.</summary>
    public static Page Forward(IReadOnlyList<PageEdge> edges, bool hasNext) => new(edges, hasNext, false, static () => Task.FromResult<long?>(null));
}

internal sealed record PageEdge(string Cursor, object Node);

/// <summary>How a page is asked for: <c>first</c> with <c>after</c>, or <c>last</c> with <c>before</c>.</summary>
internal readonly record struct PageRequest(int Size, string? Cursor, bool Backward)
{
    public const int DefaultSize = 50;

    /// <exception cref="ProblemException">The arguments make no sense together, or a size is out of its range.</exception>
    public static PageRequest Of(FieldCall call)
    {
        int? first = call.Arg<int?>("first"), last = call.Arg<int?>("last");
        string? after = call.Arg<string>("after"), before = call.Arg<string>("before");
        if (first is not null && last is not null) throw Wrong("last", "first and last cannot stand together.");
        if ((last is null && before is not null) || (last is not null && after is not null)) throw Wrong(last is null ? "before" : "after", "first goes with after, and last with before.");
        if ((first ?? last ?? 1) is < 0 or > Limits.ListRows) throw Wrong(last is null ? "first" : "last", $"A page has from 0 to {Limits.ListRows} items.");
        return last is { } backward ? new PageRequest(backward, before, true) : new PageRequest(first ?? DefaultSize, after, false);
    }

    /// <summary>As <see cref="Of"/>, of a list that only goes on: it has neither <c>last</c> nor <c>before</c>.</summary>
    public static PageRequest ForwardOf(FieldCall call)
    {
        if (call.Arg<int?>("first") is < 1 or > Limits.ListRows) throw Wrong("first", $"A page of this list has from 1 to {Limits.ListRows} items.");
        return new PageRequest(call.Arg<int?>("first") ?? DefaultSize, call.Arg<string>("after"), false);
    }

    private static ProblemException Wrong(string argument, string detail) => new(Problem.InvalidField($"/{argument}", detail));
}

/// <summary>The fields that each connection has.</summary>
internal static class ConnectionFields
{
    public static IFieldResolver Of(string field) => field switch
    {
        "edges" => new Field<Page>(p => p.Edges),
        "nodes" => new Field<Page>(p => p.Edges.Select(e => e.Node)),
        "pageInfo" => new Field<Page>(p => p),
        "totalCount" => new Counted(),
        _ => throw new InvalidOperationException($"No connection has '{field}'."),
    };

    private sealed class Counted : IFieldResolver
    {
        public async ValueTask<object?> ResolveAsync(IResolveFieldContext context) => await ((Page)context.Source!).Total();
    }
}

internal static class EdgeFields
{
    public static IFieldResolver Of(string field) => field switch
    {
        "node" => new Field<PageEdge>(e => e.Node),
        "cursor" => new Field<PageEdge>(e => e.Cursor),
        _ => throw new InvalidOperationException($"No edge has '{field}'."),
    };
}

internal sealed class Field<T>(Func<T, object?> read) : IFieldResolver
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(read((T)context.Source!));
}
