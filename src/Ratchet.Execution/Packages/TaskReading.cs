using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>What was found at one place.</summary>
/// <param name="Source">The folder or zip, as an absolute path.</param>
/// <param name="Package">Null when one of the four files is missing or wrong. A broken test leaves it be.</param>
/// <param name="Tests">Those that could be read, by file name.</param>
/// <param name="Problems">Everything that is wrong; empty for a task that is fit to be compiled.</param>
public sealed record TaskReading(string Source, TaskPackage? Package, IReadOnlyList<TaskTest> Tests, IReadOnlyList<TaskProblem> Problems);
