using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>
/// GraphQL over server-sent events, distinct connections mode: <c>next</c> with a result, <c>complete</c> at the end. Events that can be taken up again have their cursor as id: a browser's EventSource sends the last one
/// back by itself, and the stream goes on behind it.
/// </summary>
internal sealed class EventStream(HttpContext http, GraphEngine engine, GraphQLOptions options, GraphServices services, Subscribers subscribers)
{
    private readonly ArrayBufferWriter<byte> text = new();

    /// <exception cref="ProblemException">It is refused by HTTP itself: nothing has been written.</exception>
    public async Task RunAsync(PersistedOperations persisted, GraphRequest request)
    {
        (PreparedOperation? operation, Problem? wrong) = Prepare(persisted, request);
        if (operation?.Kind == OperationKind.Mutation && HttpMethods.IsGet(http.Request.Method)) throw new ProblemException(Problem.Method("A mutation needs POST."));
        using IDisposable place = subscribers.Enter();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, http.RequestAborted);
        try
        {
            await BeginAsync();
            GraphResult? last = operation is null ? GraphResult.Refused(wrong!, http.TraceIdentifier) : await RunAsync(operation, ended.Token);
            if (last is not null) await NextAsync(last, null);
            await SendAsync("event: complete\ndata:\n\n");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Without its end the client knows that there is more, and comes back.
            if (!http.RequestAborted.IsCancellationRequested) http.Abort();
        }
        catch (SendException)
        {
            http.Abort();
        }
    }

    private (PreparedOperation? Operation, Problem? Wrong) Prepare(PersistedOperations persisted, GraphRequest request)
    {
        try
        {
            return (engine.Prepare(persisted.Resolve(request)), null);
        }
        catch (ProblemException e)
        {
            return (null, e.Problem);
        }
    }

    private async Task<GraphResult?> RunAsync(PreparedOperation operation, CancellationToken cancel)
    {
        if (operation.Kind != OperationKind.Subscription)
        {
            GraphQLMetrics.Count(operation);
            return await engine.ExecuteAsync(operation, new GraphCall(http.Caller(), services, cancel) { TraceParent = TraceContext.Of(http.Request.Headers) });
        }

        return await new SubscriptionRun(engine, services, http.Caller(), http.Request.Headers["Last-Event-ID"]).RunAsync(operation, NextAsync, () => SendAsync(":\n\n"), cancel);
    }

    private async Task BeginAsync()
    {
        http.Response.ContentType = AnswerType.EventStream.ContentType();
        http.Response.Headers.CacheControl = "no-store";
        // What stands between and would wait for more.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync(":\n\n");
    }

    private Task NextAsync(GraphResult result, string? cursor)
    {
        text.ResetWrittenCount();
        if (cursor is not null) Raw($"id: {cursor}\n");
        Raw("event: next\ndata: ");
        int from = text.WrittenCount;
        using (var json = new Utf8JsonWriter(text)) result.Write(json);
        // Payloads go out as they came; between their tokens may be line breaks, which would end the event.
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(text.WrittenMemory[from..]).Span.ReplaceAny(Breaks, (byte)' ');
        Raw("\n\n");
        return SendAsync(text.WrittenMemory);
    }

    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n"u8);

    private Task SendAsync(string plain) => SendAsync(Encoding.UTF8.GetBytes(plain));

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(options.SendTimeout, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            await http.Response.Body.WriteAsync(bytes, either.Token);
            await http.Response.Body.FlushAsync(either.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            GraphQLMetrics.Dropped.Add(1);
            throw new SendException("The client does not read what it is sent.", e);
        }
    }

    private void Raw(string said) => Encoding.UTF8.GetBytes(said, text);
}
