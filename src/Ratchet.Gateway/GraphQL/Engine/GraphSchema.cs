using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;
using LibrarySchema = GraphQL.Types.Schema;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>Joins the SDL and the resolvers. A field of either that the other does not have is a mistake, told when the schema is built.</summary>
internal static class GraphSchema
{
    public const string Connection = "Connection";
    public const string Edge = "Edge";
    private const string Answer = "Payload";
    private const string Node = "Node";
    private const string Entity = "_Entity";

    public static LibrarySchema Build(string sdl, IReadOnlyList<RootFields> roots, IReadOnlyList<IObjectFields> objects)
    {
        var builder = new SchemaBuilder();
        var known = new Dictionary<string, IReadOnlyDictionary<string, IFieldResolver>>(StringComparer.Ordinal);
        foreach (IGrouping<string, RootFields> root in roots.GroupBy(r => r.Type)) known.Add(root.Key, root.SelectMany(r => r.Resolvers).ToDictionary());
        foreach (IObjectFields type in objects) known.Add(type.Type, type.Resolvers);
        var used = new HashSet<string>(StringComparer.Ordinal);
        GraphQLDocument document = GraphQLParser.Parser.Parse(sdl);
        foreach (GraphQLObjectTypeDefinition type in document.Definitions.OfType<GraphQLObjectTypeDefinition>()) Bind(builder, type, type.Name.StringValue, type.Fields, known, used);
        foreach (GraphQLObjectTypeExtension type in document.Definitions.OfType<GraphQLObjectTypeExtension>()) Bind(builder, type, type.Name.StringValue, type.Fields, known, used);
        string[] unused = [.. known.SelectMany(t => t.Value.Keys.Select(f => $"{t.Key}.{f}")).Where(f => !used.Contains(f))];
        if (unused.Length > 0) throw new InvalidOperationException($"The schema's text has no {string.Join(", ", unused)}.");

        Dictionary<Type, string> names = objects.Where(o => o.Source != typeof(object)).GroupBy(o => o.Source).ToDictionary(g => g.Key, g => g.First().Type);
        var types = new Dictionary<string, IObjectGraphType>();
        foreach (string name in new[] { Node, Entity }) builder.Types.For(name).ResolveType = value => types.GetValueOrDefault(names.GetValueOrDefault(value.GetType()) ?? "")!;
        LibrarySchema schema = builder.Build(sdl);
        foreach (ScalarGraphType scalar in GraphScalars.All()) schema.RegisterType(scalar);
        schema.Initialize();
        foreach (IObjectGraphType type in schema.AllTypes.OfType<IObjectGraphType>()) types[type.Name] = type;
        return schema;
    }

    private static void Bind(
        SchemaBuilder builder, ASTNode at, string type, GraphQLFieldsDefinition? fields, Dictionary<string, IReadOnlyDictionary<string, IFieldResolver>> known, HashSet<string> used)
    {
        foreach (GraphQLFieldDefinition field in fields ?? (IEnumerable<GraphQLFieldDefinition>)[])
        {
            string name = field.Name.StringValue;
            IFieldResolver resolver = known.TryGetValue(type, out IReadOnlyDictionary<string, IFieldResolver>? resolvers) && resolvers.TryGetValue(name, out IFieldResolver? given) ? given
                : type.EndsWith(Answer, StringComparison.Ordinal) ? new PartResolver(name)
                : type.EndsWith(Connection, StringComparison.Ordinal) ? ConnectionFields.Of(name)
                : type.EndsWith(Edge, StringComparison.Ordinal) ? EdgeFields.Of(name)
                : throw new InvalidOperationException($"Nothing resolves {type}.{name} of the schema's text (at {at.Location.Start}).");
            builder.Types.For(type).FieldFor(name).Resolver = resolver;
            if (type == "Subscription") builder.Types.For(type).FieldFor(name).StreamResolver = NoStream.Instance;
            used.Add($"{type}.{name}");
        }
    }

    /// <summary>A part of what a mutation says, by its name.</summary>
    private sealed class PartResolver(string name) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(((Payload)context.Source!)[name]);
    }

    /// <summary>The library asks for one of each subscription; <see cref="GraphEngine"/> never uses it, as it would push.</summary>
    private sealed class NoStream : ISourceStreamResolver
    {
        public static readonly NoStream Instance = new();

        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) => throw new NotSupportedException("Subscriptions are pulled.");
    }
}
