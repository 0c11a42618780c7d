namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>
/// Decides what becomes of the runs that a process had when it ended. A run is to blame only if no other can be: if it was overdue, or was alone.
/// Where several could have done it they are run again, each alone in a process; the guilty one then names itself.
/// </summary>
internal sealed class DeathJudge(Outcomes outcomes, SandboxOptions options)
{
    // A process may end without anyone's guilt (someone killed it); a run is given up only when that happens to it alone, and again.
    private const int LossesBeforeSolo = 3;

    /// <summary>Adds to <paramref name="done"/> the runs that have an outcome now.</summary>
    /// <returns>The runs to be run again, those that were handed over first before the others.</returns>
    public List<PoolRun> Judge(Worker worker, bool loading, Death death, Completions done)
    {
        PoolRun[] runs = [.. worker.InFlight.Values.OrderBy(run => run.Sequence)];
        List<PoolRun> again = [];
        bool alone = runs.Length == 1;
        foreach (PoolRun run in runs)
        {
            RunOutcome? outcome = Outcome(run, alone, loading, death);
            worker.TryRemove(run.Sequence, out _);
            if (outcome is not null)
            {
                done.Add(run, outcome);
                continue;
            }
            run.Losses++;
            if (!IsInnocent(death) || run.Losses >= LossesBeforeSolo) run.Solo = true;
            again.Add(run);
        }
        return again;
    }

    private RunOutcome? Outcome(PoolRun run, bool alone, bool loading, Death death)
    {
        if (run.Interruption == Interruption.Cancelled) return outcomes.Cancelled(run);
        if (run.Interruption == Interruption.Timeout && death.Cause == KillCause.Overdue) return outcomes.Overdue(run);
        if (loading && death.Cause == KillCause.LoadOverdue) return outcomes.LoadOverdue(run, options.LoadTimeout);
        // Its task ends processes before any run begins: there is nothing to find out by running them alone.
        if (loading && death.IsOutOfMemory) return outcomes.OutOfMemory(run, loading: true);
        if (loading && run.Losses > 0) return outcomes.Lost(run, death);
        // Somebody counts its starts, and has let it have this one: whether it may begin again is not for the pool to say.
        if (run.StartedAt is not null) return death.IsOutOfMemory && alone ? outcomes.OutOfMemory(run, loading: false) : outcomes.Lost(run, death);
        if (!alone || IsInnocent(death)) return null;
        if (death.IsOutOfMemory) return outcomes.OutOfMemory(run, loading: false);
        return run.Losses > 0 ? outcomes.Lost(run, death) : null;
    }

    /// <summary>Whether the death says that none of those that remain has caused it.</summary>
    private static bool IsInnocent(Death death) => death.Cause is KillCause.Overdue or KillCause.LoadOverdue or KillCause.Retired || death.LostContinuations;
}
