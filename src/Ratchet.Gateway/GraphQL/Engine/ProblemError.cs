using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>A problem as an error of GraphQL: <c>extensions.code</c> is the code that REST has for it.</summary>
internal sealed class ProblemError(Problem problem) : ExecutionError(problem.Detail)
{
    public Problem Problem { get; } = problem;

    /// <summary>The problem that an error of the engine's own is.</summary>
    public static Problem Of(ExecutionError error) => error switch
    {
        ProblemError known => known.Problem,
        SyntaxError syntax => Problem.Malformed(syntax.Message),
        DocumentError or ValidationError or RequestError => Problem.InvalidDocument(error.Message),
        // A value that its own type cannot hold: a defect of ours, which nothing of it may show.
        _ => Problem.Internal(""),
    };
}
