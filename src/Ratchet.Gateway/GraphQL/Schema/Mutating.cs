using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Preconditions;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>Runs a mutation's work: what the client can put right becomes its <c>userErrors</c>, what it cannot an error of GraphQL.</summary>
internal static class Mutating
{
    /// <summary>What the argument <c>revision</c> asks of the state that is changed.</summary>
    public static Precondition? Only(FieldCall call) => call.Arg<long?>("revision") is { } revision ? Precondition.At(revision) : null;

    /// <param name="flags">Fields of the payload that cannot be null, as they are when nothing was done.</param>
    public static async Task<Payload> DoAsync(FieldCall call, Func<Task<Payload>> work, params (string Field, object? Value)[] flags)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Problem problem = ProblemMiddleware.ProblemOf("/graphql", call.Call.Caller.CorrelationId, e, call.Call.Services.Log);
            return problem.Status < 500 ? Payload.Refused(problem, flags) : throw new ProblemException(problem);
        }
    }
}
