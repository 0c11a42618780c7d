using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Clients;

namespace Ratchet.Gateway.Protection;

/// <summary>Decides whether an address may make one more request. It leases tokens from the address's keeper a bunch at a time and spends them here, so most requests cost a look into a table.</summary>
internal sealed class ClientGate
{
    /// <summary>Part of a window's tokens that is leased at once: what one gateway may hold that others lack.</summary>
    private const int Bunches = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ClientRate rate;
    private readonly TimeProvider time;
    private readonly HttpMetrics metrics;
    private readonly ILogger logger;
    private readonly IGrainFactory grains;
    private readonly ClientTable table = new();
    private readonly int bunch;
    private readonly TimeSpan worth;
    private readonly TimeSpan good;
    private readonly long began;

    public ClientGate(IGrainFactory grains, ClientRate rate, TimeProvider time, HttpMetrics metrics, ILogger logger)
    {
        (this.grains, this.rate, this.time, this.metrics, this.logger, began) = (grains, rate, time, metrics, logger, time.GetTimestamp());
        bunch = Math.Max(1, rate.Count / Bunches);
        worth = TimeSpan.FromTicks((long)(bunch * rate.TicksPerToken));
        good = TimeSpan.FromTicks(Math.Clamp(rate.Window.Ticks / Bunches, TimeSpan.TicksPerSecond, 10 * TimeSpan.TicksPerSecond));
        metrics.Clients = () => table.Count;
    }

    public ValueTask<Admission> AdmitAsync(ulong address)
    {
        LeasedTokens tokens = table.Of(address);
        lock (tokens)
        {
            if (tokens.Take(Now) is { } admission) return ValueTask.FromResult(admission);
        }

        return WaitAsync(address, tokens);
    }

    private long Now => time.GetElapsedTime(began).Ticks;

    private async ValueTask<Admission> WaitAsync(ulong address, LeasedTokens tokens)
    {
        while (true)
        {
            Task leasing;
            lock (tokens)
            {
                if (tokens.Take(Now) is { } admission) return admission;
                tokens.Waiting++;
                leasing = tokens.Leasing ??= LeaseAsync(address, tokens);
            }

            // Each lease has tokens for somebody, or denies all.
            await leasing;
        }
    }

    private async Task LeaseAsync(ulong address, LeasedTokens tokens)
    {
        // The one who begins it holds the lock.
        await Task.Yield();
        ClientLeaseAsk ask;
        lock (tokens) ask = new ClientLeaseAsk(address, Math.Max(bunch, tokens.Waiting), tokens.Unspent());
        ClientLease? lease = await AskAsync(ask);
        lock (tokens)
        {
            if (lease is { } granted) tokens.Granted(granted, Now, good, worth < Patience ? worth : Patience);
            else tokens.Alone(bunch, Now, worth);
            (tokens.Leasing, tokens.Waiting) = (null, 0);
        }
    }

    private async Task<ClientLease?> AskAsync(ClientLeaseAsk ask)
    {
        try
        {
            ClientLease lease = await grains.GetGrain<IClientRateGrain>(ClientAddress.PartOf(ask.Address)).LeaseAsync(rate, ask).WaitAsync(Patience, time);
            metrics.Leased(lease.Granted > 0 ? "GRANTED" : "DENIED");
            return lease;
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or RatchetException)
        {
            ProtectionLog.Alone(logger, e.Message);
            metrics.Leased("FAILED");
            return null;
        }
    }
}
