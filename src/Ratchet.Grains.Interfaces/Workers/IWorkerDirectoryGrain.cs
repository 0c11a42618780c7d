namespace Ratchet.Workers;

/// <summary>Stateless worker: the worker nodes of the cluster. Key: 0.</summary>
[Alias("ratchet.IWorkerDirectoryGrain")]
public interface IWorkerDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Nodes that membership holds for alive, by name. One that does not answer is left out.</summary>
    [Alias("list")]
    Task<IReadOnlyList<WorkerNodeView>> ListAsync();

    /// <summary>Lets a node finish what it has and take no more, or take jobs again. False when no live node has that name.</summary>
    [Alias("drain")]
    Task<bool> SetDrainingAsync(string name, bool draining);
}
