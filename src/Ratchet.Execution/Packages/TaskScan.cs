using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>What a scan of task sources found.</summary>
/// <param name="Packages">Every good task once, by name and version.</param>
/// <param name="Faults">What is wrong, place by place, in the order of the scan. None of it hides another task.</param>
public sealed record TaskScan(IReadOnlyList<TaskPackage> Packages, IReadOnlyList<TaskFault> Faults);

/// <param name="Source">The folder or zip that the problems are in.</param>
public sealed record TaskFault(string Source, IReadOnlyList<TaskProblem> Problems)
{
    /// <summary>A line a problem: <c>/srv/tasks/addition/metadata.json:3:5: ...</c></summary>
    public IEnumerable<string> Lines => Problems.Select(p => Path.IsPathRooted(p.File) ? p.ToString() : $"{Source}/{p}");
}
