using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>One WebSocket with the subprotocol graphql-transport-ws: any operations, each under an id of the client's.</summary>
#pragma warning disable CA1001 // What it owns is disposed of when its one run ends.
internal sealed class SocketSession(HttpContext http, GraphEngine engine, GraphQLOptions options, GraphServices services, PersistedOperations persisted, Subscribers subscribers)
#pragma warning restore CA1001
{
    private const string Protocol = "graphql-transport-ws";
    private const int IdChars = 128;

    private static readonly TimeSpan InitPatience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, http.RequestAborted);
    private SocketMessages messages = null!;
    private bool acknowledged;

    public async Task RunAsync()
    {
        using CancellationTokenSource over = ended;
        bool spoken = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync(spoken ? Protocol : null);
        using SocketMessages talk = messages = new SocketMessages(socket, options, services.Time, http.RequestAborted);
        (int code, string reason) = (1000, "");
        try
        {
            if (!spoken) throw new SocketClosing(4406, "Subprotocol not acceptable");
            await ListenAsync();
        }
        catch (SocketClosing e)
        {
            (code, reason) = (e.Code, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or SendException or InvalidOperationException)
        {
            // The client has gone, or was dropped as it read nothing: nobody is there to be told.
            socket.Abort();
        }

        await over.CancelAsync();
        await Task.WhenAll(All().Select(r => r.Task));
        await messages.CloseAsync(code, reason);
    }

    private async Task ListenAsync()
    {
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer patience = services.Time.CreateTimer(_ => late.TrySetResult(), null, InitPatience, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration stop = services.Stopping.Register(stopping.SetResult);
        while (true)
        {
            // To break off a read is to abort the socket, which could then not be told why: so the read is left under way.
            Task<ReadOnlyMemory<byte>?> next = messages.ReceiveAsync();
            Task first = await (acknowledged ? Task.WhenAny(next, stopping.Task) : Task.WhenAny(next, stopping.Task, late.Task));
            if (first == stopping.Task) throw new SocketClosing(1001, "The server stops");
            if (first == late.Task) throw new SocketClosing(4408, "Connection initialisation timeout");
            if (await next is not { } message) return;
            await HandleAsync(message);
        }
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        using JsonDocument json = Parse(message);
        switch (Text(json.RootElement, "type"))
        {
            case "connection_init" when acknowledged:
                throw new SocketClosing(4429, "Too many initialisation requests");
            case "connection_init":
                acknowledged = true;
                await messages.SendAsync("connection_ack", null, null);
                break;
            case "ping":
                await messages.SendAsync("pong", null, null);
                break;
            case "pong":
                break;
            case "subscribe" when !acknowledged:
                throw new SocketClosing(4401, "Unauthorized");
            case "subscribe":
                Subscribe(Id(json.RootElement), json.RootElement);
                break;
            case "complete":
                await StopAsync(Id(json.RootElement));
                break;
            default:
                throw new SocketClosing(4400, "Unknown message type");
        }
    }

    private void Subscribe(string id, JsonElement message)
    {
        if (!message.TryGetProperty("payload", out JsonElement payload)) throw new SocketClosing(4400, "The message has no payload");
        GraphRequest request;
        try
        {
            request = RequestJson.Read(payload);
        }
        catch (ProblemException e)
        {
            throw new SocketClosing(4400, e.Problem.Detail.Length > 100 ? "The payload is no request" : e.Problem.Detail);
        }

        var operation = new Running(CancellationTokenSource.CreateLinkedTokenSource(ended.Token));
        lock (running)
        {
            if (running.ContainsKey(id)) throw new SocketClosing(4409, $"Subscriber for {id} already exists");
            if (running.Count >= options.MaxSubscriptions) throw new SocketClosing(4429, $"More than {options.MaxSubscriptions} operations at once");
            running.Add(id, operation);
        }

        operation.Task = RunAsync(id, operation, request);
    }

    private async Task RunAsync(string id, Running operation, GraphRequest request)
    {
        // The next message is read meanwhile.
        await Task.Yield();
        CancellationToken cancel = operation.Cancel.Token;
        try
        {
            await RunAsync(id, request, cancel);
        }
        catch (ProblemException e)
        {
            await TellAsync(id, GraphResult.Refused(e.Problem, http.TraceIdentifier));
        }
        catch (Exception e) when (e is OperationCanceledException or SendException)
        {
            // It was completed by the client, or the connection is at its end.
        }
        finally
        {
            lock (running)
            {
                if (running.TryGetValue(id, out Running? mine) && mine == operation) running.Remove(id);
            }

            operation.Cancel.Dispose();
        }
    }

    private async Task RunAsync(string id, GraphRequest request, CancellationToken cancel)
    {
        PreparedOperation operation = engine.Prepare(persisted.Resolve(request));
        GraphResult? failed = null;
        if (operation.Kind == OperationKind.Subscription)
        {
            using IDisposable place = subscribers.Enter();
            failed = await new SubscriptionRun(engine, services, http.Caller(), null).RunAsync(operation, (result, _) => messages.SendAsync("next", id, result.Write), null, cancel);
        }
        else
        {
            GraphQLMetrics.Count(operation);
            GraphResult result = await engine.ExecuteAsync(operation, new GraphCall(http.Caller(), services, cancel) { TraceParent = TraceContext.Of(http.Request.Headers) });
            if (result.Executed) await messages.SendAsync("next", id, result.Write);
            else failed = result;
        }

        if (failed is not null) await TellAsync(id, failed);
        else await messages.SendAsync("complete", id, null);
    }

    private async Task TellAsync(string id, GraphResult failed)
    {
        try
        {
            await messages.SendAsync("error", id, failed.WriteErrorList);
        }
        catch (SendException)
        {
            // The connection is at its end, and its reader sees it.
        }
    }

    /// <summary>The client wants no more of it. Its id is free again when this returns.</summary>
    private async Task StopAsync(string id)
    {
        Running? operation;
        lock (running) running.Remove(id, out operation);
        if (operation is null) return;
        await operation.Cancel.CancelAsync();
        await operation.Task;
    }

    private Running[] All()
    {
        lock (running) return [.. running.Values];
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            JsonDocument json = RequestJson.Parse(message);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new SocketClosing(4400, "The message is no JSON object");
        }
        catch (ProblemException)
        {
            throw new SocketClosing(4400, "The message is not valid JSON");
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Id(JsonElement json) => Text(json, "id") is { Length: > 0 and <= IdChars } id ? id : throw new SocketClosing(4400, $"The message has no id of 1 to {IdChars} characters");

    private sealed class Running(CancellationTokenSource cancel)
    {
        public CancellationTokenSource Cancel => cancel;
        public Task Task { get; set; } = Task.CompletedTask;
    }
}
