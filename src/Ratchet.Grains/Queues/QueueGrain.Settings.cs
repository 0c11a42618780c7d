using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Queues;

/// <summary>The queue's mode and the weights of its fairness keys, as the store has them.</summary>
public sealed partial class QueueGrain
{
    /// <summary>One read or change at a time: otherwise a read that began before a change could bring the old value back after it.</summary>
    private readonly SemaphoreSlim settingsTurn = new(1, 1);

    public Task SetModeAsync(WorkMode mode, Precondition? only) => InTurnAsync(async () =>
    {
        await store.Controls.SetQueueModeAsync(key, mode, only, CancellationToken.None);
        this.mode = mode;
        submitModes.Forget(key);
        QueueLog.Mode(logger, key.ToString(), mode);
        HandOut();
    });

    public Task SetWeightAsync(string key, double? weight, Precondition? only) => InTurnAsync(async () =>
    {
        await store.Controls.SetWeightAsync(this.key, key, weight, only, CancellationToken.None);
        window.SetWeight(key, weight ?? 1);
    });

    private Task ReadSettingsAsync(CancellationToken cancel) => InTurnAsync(async () =>
    {
        mode = await store.Controls.GetQueueModeAsync(key, cancel);
        foreach (FairnessWeight weight in await store.Controls.GetWeightsAsync(key, cancel)) window.SetWeight(weight.Key, weight.Weight);
    });

    private async Task InTurnAsync(Func<Task> work)
    {
        await settingsTurn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            settingsTurn.Release();
        }
    }
}
