namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Outcomes that were decided under the lock and are called back after it.</summary>
internal sealed class Completions
{
    private readonly List<(PoolRun Run, RunOutcome Outcome)> ended = [];

    public void Add(PoolRun run, RunOutcome outcome)
    {
        run.Ended = true;
        ended.Add((run, outcome));
    }

    public int Count => ended.Count;

    public void CallBack(Action<PoolRun, RunOutcome> complete)
    {
        foreach ((PoolRun run, RunOutcome outcome) in ended) complete(run, outcome);
        ended.Clear();
    }
}
