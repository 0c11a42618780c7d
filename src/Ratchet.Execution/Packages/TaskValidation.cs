using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Validation;

namespace Ratchet.Execution.Packages;

/// <summary>Everything that is wrong with a task, without running it: what reading it told, what its code and schemas say when they are compiled, and its tests' inputs.</summary>
public static class TaskValidation
{
    /// <summary>Empty for a task that is fit to be stored.</summary>
    /// <exception cref="RatchetException">The sandbox cannot be started.</exception>
    public static async Task<IReadOnlyList<TaskProblem>> CheckAsync(ISandboxPool pool, TaskReading reading, CancellationToken cancel)
    {
        List<TaskProblem> problems = [.. reading.Problems];
        if (reading.Package is not { } package) return problems;
        problems.AddRange(await pool.CheckAsync(package, cancel));
        // A schema that cannot be compiled cannot be held against anything.
        if (problems.Count == 0) problems.AddRange(await TestInputs.CheckAsync(pool, package, reading.Tests, cancel));
        return problems;
    }
}
