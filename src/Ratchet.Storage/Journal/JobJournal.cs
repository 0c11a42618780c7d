using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>
/// The journal of a silo (see <see cref="IJournal"/>). A call that finds the store idle is written at once; calls that come while a
/// transaction is under way make up the next one. There is no artificial delay.
/// </summary>
public sealed class JobJournal : IJournal, IAsyncDisposable
{
    /// <summary>The meter under which every journal reports.</summary>
    public const string MeterName = JournalMetrics.MeterName;

    /// <summary>The meter of how jobs and attempts end.</summary>
    public const string JobMeterName = JobMetrics.MeterName;

    internal Meter[] Meters => [metrics.Meter, jobs.Meter];

    private readonly IJobStore store;
    private readonly JournalBacklog backlog;
    private readonly JournalOutage outage;
    private readonly JournalMetrics metrics;
    private readonly JobMetrics jobs = new();
    private readonly PendingStarts starts;
    private readonly CancellationTokenSource closing = new();
    private readonly Task[] loops;
    private int closed;

    internal JobJournal(IJobStore store, int writers, int batch, int capacity, TimeProvider time, ILogger logger, Func<double>? random = null)
    {
        this.store = store;
        backlog = new JournalBacklog(capacity);
        outage = new JournalOutage(time);
        metrics = new JournalMetrics(() => backlog.Weight);
        starts = new PendingStarts(time, due => backlog.TryAdd(new StartEntry(due)));
        loops = new Task[writers];
        for (int i = 0; i < writers; i++)
        {
            var writer = new JournalWriter(store, backlog, outage, batch, time, random ?? Random.Shared.NextDouble, metrics, jobs, logger);
            loops[i] = Task.Run(() => writer.RunAsync(closing.Token));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The store is away. Whether the jobs were inserted is unknown; the same set may be given again.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (outage.ForInserts() is { } away) return ValueTask.FromException<IReadOnlyList<InsertOutcome>>(away);
        return AddAsync(new InsertEntry(jobs, cancel), cancel);
    }

    /// <inheritdoc/>
    /// <remarks>An end that was accepted before under the same execution id is accepted again: giving it twice is harmless.</remarks>
    /// <exception cref="StoreUnavailableException">The journal was closed while the store was away.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask<IReadOnlyList<bool>> EndAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ends);
        starts.Overtake(ends);
        return AddAsync(new EndEntry(ends, cancel), cancel);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(end);
        bool recorded = await store.RecordCancelledAsync(end, cancel);
        if (recorded) jobs.CancelledAttempt();
        return recorded;
    }

    /// <inheritdoc/>
    /// <remarks>When the store goes away in the midst of a move and comes back, the answer may be false although the move took place: read the job.</remarks>
    /// <exception cref="StoreUnavailableException">The journal was closed while the store was away.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask<IReadOnlyList<bool>> MoveAsync(IReadOnlyList<JobMove> moves, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(moves);
        return AddAsync(new MoveEntry(moves, cancel), cancel);
    }

    /// <inheritdoc/>
    public void NoteStarts(IReadOnlyList<AttemptStart> starts)
    {
        ArgumentNullException.ThrowIfNull(starts);
        this.starts.Note(starts);
    }

    /// <summary>Writes what it holds, then closes. A store that is away is tried once more and not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1)
        {
            await Task.WhenAll(loops);
            return;
        }
        starts.Flush();
        starts.Dispose();
        backlog.Close();
        await closing.CancelAsync();
        await Task.WhenAll(loops);
        metrics.Dispose();
        jobs.Dispose();
        closing.Dispose();
    }

    private ValueTask<IReadOnlyList<TOutcome>> AddAsync<TWrite, TOutcome>(JournalEntry<TWrite, TOutcome> entry, CancellationToken cancel)
    {
        if (entry.Count == 0) return new ValueTask<IReadOnlyList<TOutcome>>([]);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<TOutcome>>(cancel);
        entry.ListenForCancel();
        if (!backlog.TryAdd(entry)) entry.Fail(new ObjectDisposedException(nameof(JobJournal)));
        return new ValueTask<IReadOnlyList<TOutcome>>(entry.Answer);
    }
}
