using System.Globalization;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Finds the sandbox behind the programs that built its walls and wait for its end.</summary>
internal static class ProcessTree
{
    /// <summary>The walls have at most three processes before the sandbox.</summary>
    private const int Depth = 8;

    /// <summary>What is missing for that; null when nothing is.</summary>
    public static string? Missing() => File.Exists($"/proc/self/task/{Environment.ProcessId}/children")
        ? null : "The kernel does not tell a process's children (/proc/PID/task/PID/children), so a sandbox's memory could not be watched.";

    /// <summary>The last in the chain of first children; <paramref name="process"/> itself when it has none.</summary>
    public static int Leaf(int process)
    {
        for (int depth = 0; depth < Depth; depth++)
        {
            if (Child(process) is not { } child) break;
            process = child;
        }
        return process;
    }

    private static int? Child(int process)
    {
        try
        {
            string[] children = File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Length > 0 ? int.Parse(children[0], CultureInfo.InvariantCulture) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
