namespace Ratchet.Execution.Nodes;

/// <summary>Takes ended runs from the node's agent and sees to it that they are written and told; tells of starts that somebody counts. The only way a result reaches the store.</summary>
public interface IAttemptSink
{
    /// <summary>Called for a run whose start counts against a rate, when its script begins; on a thread of the sandbox pool, must not block.</summary>
    void Started(NodeRun run);

    /// <summary>Called once a run, on a thread of the sandbox pool; must not block. <see cref="NodeRun.Outcome"/> is set.</summary>
    void Ended(NodeRun run);
}
