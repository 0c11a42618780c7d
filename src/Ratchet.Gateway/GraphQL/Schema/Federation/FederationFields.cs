using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Schema.Federation;

/// <summary>The subgraph specification of Apollo Federation v2: a gateway asks for the schema's text, and for objects by their keys.</summary>
internal static class FederationFields
{
    private const int MostEntities = 1_000;

    public static readonly ObjectFields<object> Service = new("_Service") { { "sdl", _ => SchemaText.Subgraph } };

    public static readonly RootFields Queries = new("Query")
    {
        { "_service", _ => new object() },
        { "_entities", Entities },
    };

    private static object Entities(FieldCall call)
    {
        IReadOnlyList<object?> representations = call.List("representations");
        if (representations.Count > MostEntities) throw new ProblemException(Problem.OverLimit($"At most {MostEntities} entities go in one call."));
        return representations.Select(r => Entity(call, r as IReadOnlyDictionary<string, object?> ?? throw Wrong("A representation must be an object."))).ToArray();
    }

    private static object? Entity(FieldCall call, IReadOnlyDictionary<string, object?> representation)
    {
        string type = representation.GetValueOrDefault("__typename") as string ?? throw Wrong("A representation needs __typename.");
        string own = type switch { "Job" => "jobId", "Schedule" => "scheduleId", "Task" or "Queue" => "name", _ => throw Wrong($"'{type}' is no entity; known are Job, Task, Schedule and Queue.") };
        string? key = representation.GetValueOrDefault(own) as string;
        if (key is null && representation.GetValueOrDefault("id") is string id) key = NodeId.KeyOf(type, id);
        return NodeQueries.Read(call, new NodeId(type, key ?? throw Wrong($"A representation of a {type} needs id or {own}.")));
    }

    private static ProblemException Wrong(string detail) => new(Problem.InvalidField("/representations", detail));
}
