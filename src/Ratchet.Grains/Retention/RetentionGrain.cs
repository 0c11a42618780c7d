using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ratchet.Jobs;
using Ratchet.Storage;

namespace Ratchet.Grains.Retention;

/// <summary>See <see cref="IRetentionGrain"/>.</summary>
public sealed class RetentionGrain(IStore store, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionGrain> logger) : Grain, IRetentionGrain, IRemindable
{
    private const string Sweep = "sweep";

    public Task StartAsync() => this.RegisterOrUpdateReminder(Sweep, options.Value.Period, options.Value.Period);

    public async Task<int> SweepAsync()
    {
        (int jobs, int events) = await new RetentionSweep(store.Retention, store.Cache, options.Value, time).RunOnceAsync(CancellationToken.None);
        await new DeliverySweep(store.Webhooks.Deliveries, options.Value, time).RunOnceAsync(CancellationToken.None);
        if (jobs + events > 0) RetentionLog.Swept(logger, jobs, events);
        return jobs;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await SweepAsync();
        }
        catch (StoreUnavailableException e)
        {
            RetentionLog.Waits(logger, e.Message);
        }
    }
}
