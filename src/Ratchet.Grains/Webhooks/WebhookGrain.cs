using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Ratchet.Execution.Webhooks;
using Ratchet.Storage;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>
/// See <see cref="IWebhookGrain"/>. A timer starts what is due, as far as there is room; attempts run beside it and write their ends themselves. It is set for the
/// next delivery that comes due, so that an idle webhook asks the store nothing.
/// </summary>
public sealed partial class WebhookGrain(
    IStore store, WebhookSender sender, SecretSeal seal, WebhookMetrics metrics, IHostApplicationLifetime lifetime, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookGrain> logger)
    : Grain, IWebhookGrain, IDisposable
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>The clock may be set: a far attempt is looked at again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1);

    private readonly Dictionary<Guid, Task> running = [];
    private readonly CancellationTokenSource ending = new();
    private WebhookKey key;
    private IGrainTimer timer = null!;
    private WebhookRecord? webhook;

    /// <summary>The row may have changed since it was read.</summary>
    private bool stale = true;

    /// <summary>Whoever makes deliveries of events has not heard of the newest change.</summary>
    private bool untold;

    /// <summary>Another turn is wanted at once, whatever the one under way sets the timer to.</summary>
    private bool soon;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = WebhookKey.FromGrainKey(this.GetPrimaryKeyString());
        timer = this.RegisterGrainTimer(WorkAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        WorkSoon();
        return Task.CompletedTask;
    }

    /// <summary>Attempts under way may come to their end; what is cut off is tried again by whoever has the grain next.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(running.Values).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await ending.CancelAsync();
        }
    }

    public void Dispose() => ending.Dispose();

    public Task WakeAsync()
    {
        stale = true;
        WorkSoon();
        return Task.CompletedTask;
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        soon = false;
        try
        {
            if (stale) await ReadAsync();
            if (untold) await TellAsync();
            DateTimeOffset? next = webhook is null || lifetime.ApplicationStopping.IsCancellationRequested ? null : await StartDueAsync(webhook);
            wait = next is { } at ? at - time.GetUtcNow() : LongestTimer;
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            WebhookLog.TriesAgain(logger, key.ToString(), e.Message);
            (stale, wait) = (true, RetryAfterFailure);
        }
        catch (Exception e)
        {
            // Whatever it is, the deliveries to come are not to be lost to it.
            WebhookLog.Failed(logger, e, key.ToString());
            (stale, wait) = (true, RetryAfterFailure);
        }

        if (soon) wait = TimeSpan.Zero;
        timer.Change(Bounded(wait), Timeout.InfiniteTimeSpan);
    }

    private async Task ReadAsync()
    {
        stale = false;
        webhook = await store.Webhooks.GetAsync(key, CancellationToken.None);
    }

    private async Task TellAsync()
    {
        await GrainFactory.GetGrain<IWebhookDispatchGrain>(key.Tenant).RefreshAsync();
        untold = false;
    }

    private void WorkSoon()
    {
        soon = true;
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestTimer ? wait : LongestTimer;

    /// <summary>In whole microseconds, as the store keeps times.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
