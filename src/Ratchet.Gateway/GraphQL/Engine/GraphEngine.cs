using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Ratchet.Gateway.Problems;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>Executes operations. The one place that hands documents to the library; transports know this class and nothing behind it.</summary>
internal sealed class GraphEngine(Schema.SchemaOfGateway schema, GraphQLOptions options)
{
    private readonly Documents documents = new(options);
    private readonly Executer executer = new();

    /// <summary>Reads the document. What is wrong is a <see cref="ProblemException"/>.</summary>
    public PreparedOperation Prepare(GraphRequest request)
    {
        if (request.Query is not { Length: > 0 } text) throw new ProblemException(Problem.Malformed("query is missing: the document to execute."));
        ParsedDocument document = documents.Parse(text);
        GraphQLOperationDefinition operation = document.Operation(request.OperationName);
        QueryCost cost = new CostCounter(schema.Types, options, document.Ast, request.Variables).Count(operation);
        return new PreparedOperation(request, document, operation, cost);
    }

    /// <summary>A query or a mutation, to its end.</summary>
    public async Task<GraphResult> ExecuteAsync(PreparedOperation operation, GraphCall call)
    {
        ExecutionResult result = await RunAsync(operation, call, null);
        if (result.Executed) documents.Keep(operation.Document);
        return new GraphResult(result, operation.Cost, call.Caller.CorrelationId);
    }

    /// <summary>
    /// Begins a subscription: the source of its events, or why there is none. Each event is to be executed with <see cref="PublishAsync"/>, one after the other, when whoever receives it has room: the source
    /// is pulled, so nothing is kept of what is not read.
    /// </summary>
    public async Task<(IAsyncEnumerable<object>? Source, GraphResult? Refused)> SubscribeAsync(PreparedOperation operation, GraphCall call)
    {
        call.Opening = true;
        ExecutionResult result = await RunAsync(operation, call, null);
        call.Opening = false;
        if (call.Source is { } source && result.Errors is null or { Count: 0 })
        {
            documents.Keep(operation.Document);
            return (source, null);
        }

        return (null, new GraphResult(new ExecutionResult { Errors = result.Errors ?? [] }, null, call.Caller.CorrelationId));
    }

    /// <summary>The answer for one event of a subscription.</summary>
    /// <param name="call">A new one for each event, so that what was loaded for one is not taken for the state at the next.</param>
    public async Task<GraphResult> PublishAsync(PreparedOperation operation, GraphCall call, object happened) =>
        new(await RunAsync(operation, call, happened), null, call.Caller.CorrelationId);

    private Task<ExecutionResult> RunAsync(PreparedOperation operation, GraphCall call, object? root) => executer.ExecuteAsync(new ExecutionOptions
    {
        Schema = schema.Types,
        Query = operation.Document.Text,
        Document = operation.Document.Ast,
        OperationName = operation.Request.OperationName,
        Variables = operation.Request.Variables is { } variables ? new Inputs(variables.ToDictionary(v => v.Key, v => v.Value)) : Inputs.Empty,
        UserContext = call,
        Root = root ?? call,
        CancellationToken = call.Cancel,
        ValidationRules = operation.Document.Valid ? [] : DocumentValidator.CoreRules,
        UnhandledExceptionDelegate = failed =>
        {
            if (failed.Exception is not ExecutionError) failed.Exception = new ProblemError(ProblemMiddleware.ProblemOf("/graphql", call.Caller.CorrelationId, failed.OriginalException, call.Services.Log));
            return Task.CompletedTask;
        },
    });

    /// <summary>Subscriptions are executed like queries: their root field opens the source first and hands on its events afterwards.</summary>
    private sealed class Executer : DocumentExecuter
    {
        protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context) => context.Operation.Operation switch
        {
            OperationType.Mutation => SerialExecutionStrategy.Instance,
            OperationType.Subscription when ((GraphCall)context.UserContext).Opening => OpeningStrategy.Instance,
            _ => ParallelExecutionStrategy.Instance,
        };
    }

    /// <summary>Resolves the root field for its source, and nothing below.</summary>
    private sealed class OpeningStrategy : ParallelExecutionStrategy
    {
        public static new readonly OpeningStrategy Instance = new();

        protected override Task CompleteNodeAsync(ExecutionContext context, ExecutionNode node) => Task.CompletedTask;
    }
}

/// <summary>An operation that may be executed, as far as can be told without executing it.</summary>
internal sealed record PreparedOperation(GraphRequest Request, ParsedDocument Document, GraphQLOperationDefinition Operation, QueryCost Cost)
{
    public OperationKind Kind => Operation.Operation switch
    {
        OperationType.Mutation => OperationKind.Mutation,
        OperationType.Subscription => OperationKind.Subscription,
        _ => OperationKind.Query,
    };
}
