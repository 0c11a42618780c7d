using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>
/// Brings readings from any number of sources together. Of two that contradict each other the first stays, in the order of the sources, and the second
/// becomes a fault that names both places. The same content twice under the same name is fine.
/// </summary>
public static class TaskConflicts
{
    public static TaskScan Resolve(IEnumerable<TaskReading> readings)
    {
        Dictionary<(Guid, string), TaskPackage> versions = [];
        Dictionary<string, TaskPackage> names = new(StringComparer.Ordinal);
        Dictionary<Guid, TaskPackage> uuids = [];
        List<TaskFault> faults = [];
        foreach (TaskReading reading in readings)
        {
            List<TaskProblem> problems = [.. reading.Problems];
            if (reading.Package is { } package)
            {
                string? conflict = Conflict(package, versions, names, uuids);
                if (conflict is not null)
                {
                    problems.Add(new TaskProblem(TaskFileNames.Metadata, 0, 0, conflict));
                }
                else
                {
                    versions.TryAdd((package.Uuid, package.Version), package);
                    names.TryAdd(package.Name, package);
                    uuids.TryAdd(package.Uuid, package);
                }
            }

            if (problems.Count > 0) faults.Add(new TaskFault(reading.Source, problems));
        }

        return new TaskScan([.. versions.Values.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Version, StringComparer.Ordinal)], faults);
    }

    private static string? Conflict(
        TaskPackage package, Dictionary<(Guid, string), TaskPackage> versions, Dictionary<string, TaskPackage> names, Dictionary<Guid, TaskPackage> uuids)
    {
        if (versions.TryGetValue((package.Uuid, package.Version), out TaskPackage? same) && same.Digest != package.Digest)
        {
            return $"version {package.Version} of task {package.Uuid} has other content than in {same.Source}; "
                + $"raise the version of one of them ({package.Source}).";
        }

        if (names.TryGetValue(package.Name, out TaskPackage? named) && named.Uuid != package.Uuid)
        {
            return $"the name \"{package.Name}\" belongs to task {named.Uuid} in {named.Source}, "
                + $"not to {package.Uuid} ({package.Source}); rename one of them.";
        }

        if (uuids.TryGetValue(package.Uuid, out TaskPackage? twin) && twin.Name != package.Name)
        {
            return $"task {package.Uuid} is called \"{twin.Name}\" in {twin.Source} and \"{package.Name}\" in {package.Source}; "
                + "give both the same `name`, or one a uuid of its own.";
        }

        return null;
    }
}
