using Microsoft.Extensions.Logging;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>One writer loop: takes what waits, writes it in one transaction, answers. Two loops share nothing but the backlog and the outage.</summary>
internal sealed class JournalWriter(
    IJobStore store,
    JournalBacklog backlog,
    JournalOutage outage,
    int batch,
    TimeProvider time,
    Func<double> random,
    JournalMetrics metrics,
    JobMetrics jobs,
    ILogger logger)
{
    private readonly JournalSet set = new();

    /// <summary>Runs until the backlog is closed and empty.</summary>
    /// <param name="closing">The store is not waited for any longer.</param>
    public async Task RunAsync(CancellationToken closing)
    {
        var entries = new List<JournalEntry>();
        while (await backlog.WaitAsync())
        {
            entries.Clear();
            backlog.Take(entries, batch);
            if (entries.Count > 0) await WriteUntilDoneAsync(entries, closing);
        }
    }

    private async Task WriteUntilDoneAsync(List<JournalEntry> entries, CancellationToken closing)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                await WriteAsync(entries, 0, entries.Count);
                if (outage.End()) logger.StoreBack();
                return;
            }
            catch (StoreUnavailableException error)
            {
                TimeSpan delay = JournalBackoff.Delay(failures, random());
                GiveUpWhatIsNotKept(entries, error, delay);
                if (entries.Count == 0) return;
                if (closing.IsCancellationRequested)
                {
                    logger.ClosedUnwritten(entries.Sum(e => e.Count));
                    foreach (JournalEntry entry in entries) entry.Fail(error);
                    return;
                }
                await Task.Delay(delay, time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                entries.RemoveAll(e => e.IsDone);
                if (entries.Count == 0) return;
            }
        }
    }

    /// <summary>Inserts fail to their callers, here and in the backlog; starts are dropped; ends and moves stay.</summary>
    private void GiveUpWhatIsNotKept(List<JournalEntry> entries, StoreUnavailableException error, TimeSpan delay)
    {
        outage.Begin(error, delay);
        foreach (JournalEntry entry in backlog.Remove(static e => e is InsertEntry or StartEntry)) entry.Fail(error);
        foreach (JournalEntry entry in entries)
        {
            if (entry is InsertEntry or StartEntry) entry.Fail(error);
        }
        entries.RemoveAll(e => e.IsDone);
        logger.StoreAway(error.Message, entries.Sum(e => e.Count), delay);
    }

    /// <summary>Writes entries[from..to]. A set that the store refuses for its data is halved until the bad entry stands alone.</summary>
    /// <exception cref="StoreUnavailableException">Entries that are not done have to be written again.</exception>
    private async Task WriteAsync(List<JournalEntry> entries, int from, int to)
    {
        try
        {
            await WriteSetAsync(entries, from, to);
        }
        catch (Exception error) when (error is not StoreUnavailableException)
        {
            if (to - from > 1)
            {
                int middle = from + ((to - from) / 2);
                await WriteAsync(entries, from, middle);
                await WriteAsync(entries, middle, to);
                return;
            }
            JournalEntry entry = entries[from];
            switch (entry)
            {
                case EndEntry { Count: > 1 } ends:
                    await WriteSinglyAsync(ends, ends.Writes.Select(w => new EndEntry([w], CancellationToken.None)));
                    break;
                case MoveEntry { Count: > 1 } moves:
                    await WriteSinglyAsync(moves, moves.Writes.Select(w => new MoveEntry([w], CancellationToken.None)));
                    break;
                default:
                    Refuse(entry, error);
                    break;
            }
        }
    }

    private async Task WriteSetAsync(List<JournalEntry> entries, int from, int to)
    {
        set.Clear();
        for (int i = from; i < to; i++)
        {
            if (!entries[i].IsDone) entries[i].AddTo(set);
        }
        JobWrites writes = set.ToWrites();
        if (writes.Count == 0) return;
        long began = time.GetTimestamp();
        JobWriteOutcomes outcomes = await store.WriteAsync(writes, CancellationToken.None);
        metrics.Written(writes.Count, time.GetElapsedTime(began));
        jobs.Written(writes, outcomes);
        if (set.Complete(outcomes) is { } refused) await AskForRefusedAsync(refused);
    }

    /// <summary>An end that is refused may be one that was accepted before: its first write's outcome was unknown, or its caller gave it twice.</summary>
    private async Task AskForRefusedAsync(List<(EndEntry Entry, bool[] Outcomes)> refused)
    {
        foreach ((EndEntry entry, bool[] outcomes) in refused)
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                if (!outcomes[i]) outcomes[i] = await store.ExecutionExistsAsync(entry.Writes[i].Job, entry.Writes[i].Execution, CancellationToken.None);
            }
            entry.Complete(outcomes);
        }
    }

    /// <summary>The good writes of a refused entry are written all the same: each is the end of another job. Its caller gets the first error.</summary>
    private async Task WriteSinglyAsync<TWrite>(JournalEntry<TWrite, bool> whole, IEnumerable<JournalEntry<TWrite, bool>> parts)
    {
        List<JournalEntry> singles = [.. parts];
        await WriteAsync(singles, 0, singles.Count);
        var outcomes = new bool[singles.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            Task<IReadOnlyList<bool>> answer = ((JournalEntry<TWrite, bool>)singles[i]).Answer;
            if (answer.Exception is { } failed)
            {
                whole.Fail(failed.InnerException!);
                return;
            }
            outcomes[i] = (await answer)[0];
        }
        whole.Complete(outcomes);
    }

    private void Refuse(JournalEntry entry, Exception error)
    {
        logger.WriteRefused(error);
        entry.Fail(error);
    }
}
