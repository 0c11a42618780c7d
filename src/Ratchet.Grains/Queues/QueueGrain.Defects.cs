using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>
/// What nobody has foreseen: a defect in the queue's own bookkeeping. Most of its calls are answered to nobody, so that it would be silent, and what the queue holds in memory
/// may be wrong from then on. It starts anew instead: another activation learns all from the store and the nodes.
/// </summary>
public sealed partial class QueueGrain : IIncomingGrainCallFilter
{
    private bool failed;

    /// <summary>This activation is over: what it still waits for must not be acted upon, another one may own the nodes by then.</summary>
    private bool over;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (IsDefect(e))
        {
            StartAnew(e);
            throw;
        }
    }

    /// <summary>Has something go on that nobody awaits.</summary>
    private async void Go(Task task)
    {
        try
        {
            await task;
        }
#pragma warning disable CA1031 // Nobody would hear of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            StartAnew(e);
        }
    }

    private void StartAnew(Exception e)
    {
        if (over) return;
        QueueLog.StartsAnew(logger, key.ToString(), e.GetType().FullName ?? e.GetType().Name, e);
        failed = true;
        DeactivateOnIdle();
    }

    /// <summary>Makes the next activation, unless a call has by then. After a while: a defect that meets every activation must not keep the machine busy, nor fill the log.</summary>
    private async Task WakeNextAsync()
    {
        await Task.Delay(RetryAfterFailure, time);
        await GrainFactory.GetGrain<IQueueGrain>(key.GrainKey).WakeAsync();
    }

    private static bool IsDefect(Exception error) => !QueueLog.IsForeseen(error) && error is not (RatchetException or ArgumentException);
}
