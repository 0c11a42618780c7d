using GraphQL;
using GraphQL.Resolvers;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>One field of an operation that is being resolved: its arguments, and the operation that it is part of.</summary>
internal readonly struct FieldCall(IResolveFieldContext context)
{
    public GraphCall Call => (GraphCall)context.UserContext;
    public string Tenant => Call.Tenant;
    public IGrainFactory Grains => Call.Grains;
    public CancellationToken Cancel => Call.Cancel;

    /// <summary>The event that a subscription is about to hand on.</summary>
    public object? Root => context.RootValue;

    /// <summary>A scalar, or the name of an enumeration's value; the default when it is not given.</summary>
    public T? Arg<T>(string name) => context.Arguments is { } all && all.TryGetValue(name, out var given) && (typeof(T) == typeof(string) ? Text(given.Value) : given.Value) is T value ? value : default;

    /// <summary>An ID may be written as a whole number as well (GraphQL, 3.5.5).</summary>
    private static object? Text(object? given) => given is int or long or decimal or System.Numerics.BigInteger ? Convert.ToString(given, System.Globalization.CultureInfo.InvariantCulture) : given;

    /// <summary>An input object.</summary>
    public IReadOnlyDictionary<string, object?>? Object(string name) => Arg<object>(name) as IReadOnlyDictionary<string, object?>;

    public IReadOnlyList<object?> List(string name) => (Arg<object>(name) as System.Collections.IEnumerable)?.Cast<object?>().ToList() ?? [];

    /// <summary>Whether the client asked for this field of the answer, by whatever alias.</summary>
    public bool Selects(string field) => context.SubFields?.Values.Any(f => f.Field.Name.Value == field) == true;
}

/// <summary>How the fields of an object type are got from <typeparamref name="T"/>; the type itself is in the SDL.</summary>
internal sealed class ObjectFields<T>(string type) : System.Collections.IEnumerable, IObjectFields
{
    private readonly Dictionary<string, IFieldResolver> resolvers = [];

    public string Type => type;
    public Type Source => typeof(T);
    public IReadOnlyDictionary<string, IFieldResolver> Resolvers => resolvers;

    public void Add(string field, Func<T, object?> read) => resolvers.Add(field, new Direct<T>(read));

    public void Add(string field, Func<T, FieldCall, object?> read) => resolvers.Add(field, new Calling<T>(read));

    public void Add<TResult>(string field, Func<T, FieldCall, Task<TResult>> read) => resolvers.Add(field, new Waiting<T, TResult>(read));

    public System.Collections.IEnumerator GetEnumerator() => resolvers.Keys.GetEnumerator();

    private sealed class Direct<TSource>(Func<TSource, object?> read) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(read((TSource)context.Source!));
    }

    private sealed class Calling<TSource>(Func<TSource, FieldCall, object?> read) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(read((TSource)context.Source!, new FieldCall(context)));
    }

    private sealed class Waiting<TSource, TResult>(Func<TSource, FieldCall, Task<TResult>> read) : IFieldResolver
    {
        public async ValueTask<object?> ResolveAsync(IResolveFieldContext context) => await read((TSource)context.Source!, new FieldCall(context));
    }
}

internal interface IObjectFields
{
    string Type { get; }

    /// <summary>What values of this type are, by which the type of a node is told.</summary>
    Type Source { get; }

    IReadOnlyDictionary<string, IFieldResolver> Resolvers { get; }
}

/// <summary>The operations of one kind: <c>Query</c>, <c>Mutation</c> or <c>Subscription</c>.</summary>
internal sealed class RootFields(string type) : System.Collections.IEnumerable
{
    private readonly Dictionary<string, IFieldResolver> resolvers = [];

    public string Type => type;
    public IReadOnlyDictionary<string, IFieldResolver> Resolvers => resolvers;

    public void Add(string field, Func<FieldCall, object?> read) => resolvers.Add(field, new FuncResolver(call => new ValueTask<object?>(read(call))));

    public void Add<TResult>(string field, Func<FieldCall, Task<TResult>> read) => resolvers.Add(field, new FuncResolver(async call => await read(call)));

    /// <summary>A subscription: opens its source, and hands on what comes of it.</summary>
    public void Add(string field, Func<FieldCall, IAsyncEnumerable<object>> open) => resolvers.Add(field, new FuncResolver(call =>
    {
        if (!call.Call.Opening) return new ValueTask<object?>(call.Root);
        call.Call.Source = open(call);
        return default;
    }));

    public System.Collections.IEnumerator GetEnumerator() => resolvers.Keys.GetEnumerator();

    private sealed class FuncResolver(Func<FieldCall, ValueTask<object?>> read) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => read(new FieldCall(context));
    }
}
