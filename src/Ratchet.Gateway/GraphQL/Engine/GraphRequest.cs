namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>One request, whatever it came by (GraphQL over HTTP, section 5.1).</summary>
/// <param name="Query">The document; null when it is named by <paramref name="Extensions"/> or <paramref name="DocumentId"/>.</param>
/// <param name="Variables">Values as JSON has them: null, bool, long, decimal, double, string, dictionaries and lists.</param>
/// <param name="DocumentId">Of a registered operation.</param>
internal sealed record GraphRequest(
    string? Query, string? OperationName, IReadOnlyDictionary<string, object?>? Variables = null, IReadOnlyDictionary<string, object?>? Extensions = null, string? DocumentId = null);

/// <summary>What kinds of operations there are.</summary>
internal enum OperationKind
{
    Query,
    Mutation,
    Subscription,
}
