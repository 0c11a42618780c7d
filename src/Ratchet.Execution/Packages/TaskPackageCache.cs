using System.Collections.Concurrent;
using Ratchet.Storage;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Task versions by digest, read from the store once a node. A digest's content never changes, so an entry never goes stale.</summary>
public sealed class TaskPackageCache(IStore store)
{
    /// <summary>Versions kept; beyond it the cache starts anew, which costs one read a version.</summary>
    private const int MaxVersions = 2_000;

    private readonly ConcurrentDictionary<(string Tenant, string Digest), TaskPackage> packages = new();

    public bool TryGet(string tenant, string digest, out TaskPackage? package) => packages.TryGetValue((tenant, digest), out package);

    public void Put(string tenant, TaskPackage package)
    {
        if (packages.Count >= MaxVersions) packages.Clear();
        packages[(tenant, package.Digest)] = package;
    }

    /// <returns>Null when the tenant has no version with this digest.</returns>
    public async ValueTask<TaskPackage?> GetAsync(string tenant, string digest, CancellationToken cancel)
    {
        if (TryGet(tenant, digest, out TaskPackage? package)) return package;
        package = await store.Tasks.GetPackageAsync(tenant, digest, cancel);
        if (package is not null) Put(tenant, package);
        return package;
    }
}
