namespace Ratchet.Silo.Tasks;

/// <summary>Makes one change of many: an editor writes a file in several steps, git a whole tree.</summary>
/// <param name="quiet">How long nothing may have been told.</param>
/// <param name="longest">After so long of changes without a pause it is time all the same.</param>
internal sealed class Debounce(TimeProvider time, TimeSpan quiet, TimeSpan longest)
{
    private readonly Lock gate = new();
    private TaskCompletionSource told = New();
    private long first;
    private long last;

    /// <summary>Something has changed. From any thread.</summary>
    public void Tell()
    {
        lock (gate)
        {
            last = time.GetTimestamp();
            if (told.Task.IsCompleted) return;
            first = last;
            told.TrySetResult();
        }
    }

    /// <summary>Waits for a change and for its end; or, when there is none, for <paramref name="period"/>.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> NextAsync(TimeSpan period, CancellationToken cancel)
    {
        if (!await ToldAsync(period, cancel)) return false;
        while (!TryTake(out TimeSpan left)) await Task.Delay(left, time, cancel);
        return true;
    }

    private async Task<bool> ToldAsync(TimeSpan period, CancellationToken cancel)
    {
        Task change;
        lock (gate) change = told.Task;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task over = Task.Delay(period, time, either.Token);
        bool changed = await Task.WhenAny(change, over) == change;
        await either.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        return changed;
    }

    /// <summary>Takes a change whose end has come; what is told from now on is another one.</summary>
    /// <param name="left">How long it is until then at the earliest.</param>
    internal bool TryTake(out TimeSpan left)
    {
        lock (gate)
        {
            TimeSpan untilQuiet = quiet - time.GetElapsedTime(last), untilLongest = longest - time.GetElapsedTime(first);
            left = untilQuiet < untilLongest ? untilQuiet : untilLongest;
            if (!told.Task.IsCompleted || left > TimeSpan.Zero) return false;
            told = New();
            return true;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
