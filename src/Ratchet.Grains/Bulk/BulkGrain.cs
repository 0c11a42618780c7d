using Microsoft.Extensions.Logging;
using Ratchet.Bulk;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Bulk;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Bulk;

/// <summary>See <see cref="IBulkGrain"/>. Works on a timer of its own, page by page; the row says how far it is, and a reminder wakes it where a silo went away.</summary>
public sealed partial class BulkGrain(IStore store, IJournal journal, BulkMetrics metrics, TimeProvider time, ILogger<BulkGrain> logger) : Grain, IBulkGrain, IRemindable
{
    private const int Page = 500;
    private const string Running = "RUNNING";
    private const string Completed = "COMPLETED";
    private const string Cancelled = "CANCELLED";
    private const string GoOn = "go-on";
    private static readonly TimeSpan WakeAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private BulkRecord? record;
    private IGrainTimer? timer;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        record = await store.Bulk.GetAsync(this.GetPrimaryKey(), cancellationToken);
        timer = this.RegisterGrainTimer(WorkAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        if (record is { State: Running }) Soon();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Over(this.GetPrimaryKey());
        return Task.CompletedTask;
    }

    public async Task<BulkView> StartAsync(string tenant, BulkRequest request)
    {
        DateTimeOffset now = time.GetUtcNow();
        BulkArguments arguments = Check(request, now);
        long total = await store.Jobs.CountPickedAsync(tenant, arguments.Query, CancellationToken.None);
        var wanted = new BulkRecord(this.GetPrimaryKey(), tenant, request.Action.ToString(), arguments.ToJson(), Running, null, total, 0, 0, request.Actor, now, null);
        BulkRecord found = await store.Bulk.InsertAsync(wanted, request.IdempotencyKey, CancellationToken.None);
        if (found.Id != wanted.Id)
        {
            if (found.Action != wanted.Action || !BulkArguments.Parse(found.Arguments).IsSameAs(arguments)) throw new IdempotencyConflictException(request.IdempotencyKey!);
            return View(found);
        }

        record = found;
        await this.RegisterOrUpdateReminder(GoOn, WakeAgain, WakeAgain);
        Soon();
        return View(found);
    }

    public Task<BulkView?> GetAsync(string tenant) => Task.FromResult(record?.Tenant == tenant ? View(record) : null);

    public async Task<BulkView?> CancelAsync(string tenant)
    {
        if (record?.Tenant != tenant) return null;
        if (record.State == Running) await AdvanceAsync(record with { State = Cancelled, FinishedAt = time.GetUtcNow() });
        return View(record);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (record is { State: Running }) Soon();
        else if (await this.GetReminder(reminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    internal static BulkView View(BulkRecord r) =>
        new(r.Id, Enum.Parse<BulkAction>(r.Action), r.State, r.Total, r.Changed, r.Skipped, r.Actor, r.CreatedAt, r.FinishedAt);

    private static BulkArguments Check(BulkRequest request, DateTimeOffset now)
    {
        JobFilter filter = request.Filter;
        if (filter.States.Count == 0 && filter.Task is null && filter.Queue is null && request.CreatedBefore is null)
            throw new BulkRequestException("A bulk operation needs a filter: at least one of state, task, queue and createdBefore.");
        if (request.Action == BulkAction.Reprioritise && request.Priority is null) throw new BulkRequestException("A change of priority needs the priority that the jobs are to have.");
        IReadOnlyList<JobState> possible = BulkArguments.StatesOf(request.Action);
        IReadOnlyList<JobState> states = filter.States.Count == 0 ? possible : [.. filter.States.Intersect(possible)];
        if (states.Count == 0)
            throw new BulkRequestException($"No job in these states can be changed so; possible are {string.Join(", ", possible.Select(s => s.Name()))}.");
        return new BulkArguments(states, filter.Task, filter.Queue, request.CreatedBefore < now ? request.CreatedBefore.Value : now, request.Priority);
    }

    private void Soon()
    {
        metrics.Began(this.GetPrimaryKey());
        timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>One page. What a crash leaves half done is done again, which harms nothing: each change asks the row.</summary>
    private async Task WorkAsync(CancellationToken cancel)
    {
        if (record is not { State: Running } now) return;
        try
        {
            BulkArguments arguments = BulkArguments.Parse(now.Arguments);
            IReadOnlyList<PickedJob> picked = await store.Jobs.PickAsync(now.Tenant, arguments.Query, new JobId(now.Cursor ?? Guid.Empty), Page, cancel);
            int changed = picked.Count == 0 ? 0 : await ChangeAsync(now, arguments, picked, cancel);
            bool last = picked.Count < Page;
            int skipped = picked.Count - changed;
            // What was counted at the start and moved on by itself before its turn.
            if (last) skipped = (int)Math.Max(skipped, now.Total - now.Changed - now.Skipped - changed);
            long come = now.Changed + changed + now.Skipped + skipped;
            bool counted = await AdvanceAsync(now with
            {
                // Jobs that were there at the start can come into the filter's states later, and are changed too.
                Total = Math.Max(now.Total, come),
                Cursor = picked.Count == 0 ? now.Cursor : picked[^1].Id.Value,
                Changed = now.Changed + changed,
                Skipped = now.Skipped + skipped,
                State = last ? Completed : Running,
                FinishedAt = last ? time.GetUtcNow() : null,
            });
            // What is done again after a crash is counted once, as in the row.
            if (counted) metrics.Page(now, changed, skipped);
            if (record.State == Running) Soon();
        }
        catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
        {
            BulkLog.Waits(logger, now.Id, e.Message);
            timer?.Change(RetryAfterFailure, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>Whether the row took it.</returns>
    private async Task<bool> AdvanceAsync(BulkRecord next)
    {
        bool taken = await store.Bulk.AdvanceAsync(next, CancellationToken.None);
        // Cancelled by another activation meanwhile: the row decides.
        record = taken ? next : await store.Bulk.GetAsync(next.Id, CancellationToken.None) ?? next;
        if (record.State != Running) metrics.Over(record.Id);
        return taken;
    }
}
