using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Ratchet.Gateway.GraphQL.Engine;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>
/// Looks at something once an interval for all of a gateway who follow it: one timer and one call, however many they are, and none while there is nobody. Nothing is kept but the newest look: whoever is
/// slow sees that one next, and never those between.
/// </summary>
internal sealed class SharedPoll<T>(GraphServices services, string what, TimeSpan interval, Func<Task<T>> look) where T : class
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? newest;
    private long looks;
    private int followers;
    private bool running;

    /// <summary>Nobody follows, and nothing is looked at.</summary>
    public bool Idle
    {
        get
        {
            lock (gate) return followers == 0 && !running;
        }
    }

    /// <summary>What is there, and then what each look finds, without an end. The first look that fails fails those who wait for it; later ones are made again.</summary>
    public async IAsyncEnumerable<T> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        long seen = Join();
        try
        {
            while (true)
            {
                (T? found, seen, Task next) = After(seen);
                if (found is not null) yield return found;
                else await next.WaitAsync(cancel);
            }
        }
        finally
        {
            lock (gate) followers--;
        }
    }

    /// <summary>Begins looking when nobody did. Whoever comes while it runs has what is known already.</summary>
    private long Join()
    {
        lock (gate)
        {
            followers++;
            if (running) return looks - (newest is null ? 0 : 1);
            running = true;
            newest = null;
            // Not in the flow of whoever came first: what it does is done for nobody.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(RunAsync);
            return looks;
        }
    }

    private (T? Found, long Seen, Task Next) After(long seen)
    {
        lock (gate) return looks > seen ? (newest, looks, Task.CompletedTask) : (null, seen, changed.Task);
    }

    private async Task RunAsync()
    {
        bool away = false;
        while (IsWanted())
        {
            try
            {
                Tell(await look());
                away = false;
            }
            catch (Exception e)
            {
                // Whatever it was: those who follow are told, or wait for a look that succeeds.
                if (!away) GraphQLLog.CannotLook(services.Log, what, e.Message);
                away = true;
                Fail(e);
            }

            await Task.Delay(interval, services.Time, services.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsWanted()
    {
        lock (gate) return running = followers > 0 && !services.Stopping.IsCancellationRequested;
    }

    private void Tell(T found)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            (newest, looks) = (found, looks + 1);
            (waiting, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetResult();
    }

    private void Fail(Exception error)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (newest is not null) return;
            (waiting, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetException(error);
        // There may be nobody who waits.
        _ = waiting.Task.Exception;
    }
}
