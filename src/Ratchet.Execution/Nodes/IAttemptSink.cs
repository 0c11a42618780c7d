namespace Ratchet.Execution.Nodes;

/// <summary>Takes ended runs from the node's agent and sees to it that they are written and told. The only way a result reaches the store.</summary>
public interface IAttemptSink
{
    /// <summary>Called once a run, on a thread of the sandbox pool; must not block. <see cref="NodeRun.Outcome"/> is set.</summary>
    void Ended(NodeRun run);
}
