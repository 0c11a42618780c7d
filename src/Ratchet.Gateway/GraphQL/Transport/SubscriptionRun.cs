using Ratchet.Callers;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>
/// One subscription, from its document to its end, for both protocols. The next event is asked for when the one before has been sent: what a client does not read stays where it comes from, and a source that cannot wait
/// for it ends with <c>too-slow</c>.
/// </summary>
internal sealed class SubscriptionRun(GraphEngine engine, GraphServices services, Caller caller, string? resumeAfter)
{
    /// <summary>How often a connection without news shows that it is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Runs it to its end.</summary>
    /// <param name="send">Hands on a result, with the cursor of its event where there is one.</param>
    /// <param name="idle">Called each <see cref="Heartbeat"/> while there is nothing to send; null: nothing is to be done.</param>
    /// <returns>Null at its end; the answer when it was refused or came to a bad end.</returns>
    public async Task<GraphResult?> RunAsync(PreparedOperation operation, Func<GraphResult, string?, Task> send, Func<Task>? idle, CancellationToken cancel)
    {
        CallerFlow.Begin(caller);
        GraphQLMetrics.Count(operation);
        (IAsyncEnumerable<object>? source, GraphResult? refused) = await engine.SubscribeAsync(operation, new GraphCall(caller, services, cancel) { ResumeAfter = resumeAfter });
        if (source is null) return refused;
        try
        {
            await PumpAsync(operation, source, send, idle, cancel);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException and not SendException)
        {
            Problem problem = ProblemMiddleware.ProblemOf("/graphql", caller.CorrelationId, e, services.Log);
            if (problem.Code == "too-slow") GraphQLMetrics.Dropped.Add(1);
            return GraphResult.Refused(problem, caller.CorrelationId);
        }
    }

    private async Task PumpAsync(PreparedOperation operation, IAsyncEnumerable<object> source, Func<GraphResult, string?, Task> send, Func<Task>? idle, CancellationToken cancel)
    {
        await using IAsyncEnumerator<object> events = source.GetAsyncEnumerator(cancel);
        Task? silence = null;
        while (true)
        {
            Task<bool> next = events.MoveNextAsync().AsTask();
            while (!next.IsCompleted && idle is not null)
            {
                silence ??= Task.Delay(Heartbeat, services.Time, cancel);
                if (await Task.WhenAny(next, silence) == next || cancel.IsCancellationRequested) break;
                silence = null;
                // An enumerator may not be left while it is on its way.
                if (await TryAsync(idle) is { } failed)
                {
                    await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                    throw failed;
                }
            }

            if (!await next) return;
            object happened = events.Current;
            GraphResult result = await engine.PublishAsync(operation, new GraphCall(caller, services, cancel), happened);
            await send(result, Resumable.CursorOf(happened));
        }
    }

    private static async Task<SendException?> TryAsync(Func<Task> send)
    {
        try
        {
            await send();
            return null;
        }
        catch (SendException e)
        {
            return e;
        }
    }
}

/// <summary>The client is not there any more, or does not read.</summary>
internal sealed class SendException(string message, Exception inner) : Exception(message, inner);
