namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Starts and outcomes that were decided under the lock and are called back after it.</summary>
internal sealed class Completions
{
    private readonly List<(PoolRun Run, RunOutcome Outcome)> ended = [];
    private List<PoolRun>? started;

    public void Add(PoolRun run, RunOutcome outcome)
    {
        run.Ended = true;
        ended.Add((run, outcome));
    }

    public void AddStart(PoolRun run) => (started ??= []).Add(run);

    public int Count => ended.Count;

    public void CallBack(Action<PoolRun, RunOutcome> complete, Action<PoolRun>? begun = null)
    {
        if (started is not null) started.ForEach(begun!);
        foreach ((PoolRun run, RunOutcome outcome) in ended) complete(run, outcome);
        ended.Clear();
    }
}
