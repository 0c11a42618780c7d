namespace Ratchet.Tasks;

/// <summary>Stateless worker: lists tasks from the store. Key: 0.</summary>
[Alias("ratchet.ITaskDirectoryGrain")]
public interface ITaskDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Every task's current version, by name.</summary>
    [Alias("list")]
    Task<IReadOnlyList<TaskView>> ListAsync(string tenant, CancellationToken cancel = default);
}
