using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Protection;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary><c>/graphql</c>: GraphQL over HTTP (the working group's draft) and over WebSocket (graphql-transport-ws); <c>/graphql/stream</c>: over server-sent events (graphql-sse, distinct connections).</summary>
internal sealed class GraphQLEndpoints(GraphEngine engine, GraphQLOptions options, ProtectionSettings protection, GraphServices services, PersistedOperations persisted, Subscribers subscribers)
{
    /// <summary>Room for the largest input and the document around it.</summary>
    public const int BodyBytes = (2 * Limits.InputBytes) + (64 << 10);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/graphql", ["GET", "POST"], http => http.WebSockets.IsWebSocketRequest ? OpenSocketAsync(http) : AnswerAsync(http, null));
        routes.MapMethods("/graphql/stream", ["GET", "POST"], http => AnswerAsync(http, AnswerType.EventStream));
    }

    private Task OpenSocketAsync(HttpContext http)
    {
        if (!Preflight.MayOpen(http.Request, protection)) throw new ProblemException(Problem.PreflightNeeded($"Pages of {http.Request.Headers.Origin} may not open a WebSocket here."));
        return new SocketSession(http, engine, options, services, persisted, subscribers).RunAsync();
    }

    private async Task AnswerAsync(HttpContext http, AnswerType? fixedType)
    {
        if ((fixedType ?? AnswerTypes.Of(http.Request)) is not { } type)
            throw new ProblemException(Problem.NotAcceptable("Accept application/graphql-response+json, application/json, or text/event-stream for a subscription."));
        try
        {
            (IReadOnlyList<GraphRequest> requests, bool batch) = HttpMethods.IsGet(http.Request.Method) ? ([Query(http.Request)], false) : await BodyAsync(http);
            if (type == AnswerType.EventStream) await StreamAsync(http, requests, batch);
            else await WriteAsync(http, type, requests, batch);
        }
        catch (ProblemException e) when (!http.Response.HasStarted)
        {
            // What cannot be read as a request is an error of HTTP, whatever is accepted.
            if (e.Problem.Status == StatusCodes.Status405MethodNotAllowed) http.Response.Headers.Allow = HttpMethods.Post;
            if (e.Problem.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await WriteAsync(http, type == AnswerType.EventStream ? AnswerType.Legacy : type, e.Problem.Status, GraphResult.Refused(e.Problem, http.TraceIdentifier).Write);
        }
    }

    private GraphRequest Query(HttpRequest request)
    {
        if (options.RequirePreflight) Preflight.CheckGet(request);
        IQueryCollection query = request.Query;
        return new GraphRequest(
            query["query"].FirstOrDefault(), query["operationName"].FirstOrDefault(), RequestJson.ReadObject("variables", query["variables"].FirstOrDefault()),
            RequestJson.ReadObject("extensions", query["extensions"].FirstOrDefault()), query["documentId"].FirstOrDefault());
    }

    private async Task<(IReadOnlyList<GraphRequest> Requests, bool Batch)> BodyAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = BodyBytes;
        return RequestJson.ReadBody(await RequestBody.ReadJsonAsync(http, BodyBytes), options.MaxBatch);
    }

    private async Task WriteAsync(HttpContext http, AnswerType type, IReadOnlyList<GraphRequest> requests, bool batch)
    {
        var results = new List<GraphResult>(requests.Count);
        foreach (GraphRequest request in requests) results.Add(await ResultAsync(http, request));
        int status = type == AnswerType.Response && results is [{ Executed: false } refused] ? refused.Problems[0].Status : StatusCodes.Status200OK;
        await WriteAsync(http, type, status, json =>
        {
            if (batch) json.WriteStartArray();
            foreach (GraphResult result in results) result.Write(json);
            if (batch) json.WriteEndArray();
        });
    }

    private async Task<GraphResult> ResultAsync(HttpContext http, GraphRequest request)
    {
        PreparedOperation operation;
        try
        {
            if (request is { Query: null, Extensions: null, DocumentId: null }) throw new ProblemException(Problem.Malformed("query is missing: the document to execute."));
            operation = engine.Prepare(persisted.Resolve(request));
            if (operation.Kind == OperationKind.Subscription) throw new ProblemException(Problem.InvalidDocument("A subscription needs Accept: text/event-stream, or a WebSocket."));
        }
        catch (ProblemException e) when (e.Problem.Code != "malformed" || request.Query is { Length: > 0 })
        {
            return GraphResult.Refused(e.Problem, http.TraceIdentifier);
        }

        if (operation.Kind == OperationKind.Mutation && HttpMethods.IsGet(http.Request.Method)) throw new ProblemException(Problem.Method("A mutation needs POST."));
        GraphQLMetrics.Count(operation);
        return await engine.ExecuteAsync(operation, Call(http, http.RequestAborted));
    }

    private async Task StreamAsync(HttpContext http, IReadOnlyList<GraphRequest> requests, bool batch)
    {
        if (batch) throw new ProblemException(Problem.Malformed("An event stream is of one operation: an array cannot be answered so."));
        if (requests[0] is { Query: null, Extensions: null, DocumentId: null }) throw new ProblemException(Problem.Malformed("query is missing: the document to execute."));
        await new EventStream(http, engine, options, services, subscribers).RunAsync(persisted, requests[0]);
    }

    private GraphCall Call(HttpContext http, CancellationToken cancel) => new(http.Caller(), services, cancel)
    {
        TraceParent = TraceContext.Of(http.Request.Headers),
        Waits = wait => http.Features.Get<RequestTimer>()?.WaitFor(wait),
    };

    private static async Task WriteAsync(HttpContext http, AnswerType type, int status, Action<Utf8JsonWriter> write)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type.ContentType();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept";
        // Such an answer that has not begun is taken for that of a path which leads nowhere, and a problem would be written behind it.
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed) await http.Response.StartAsync(http.RequestAborted);
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        write(json);
    }
}
