using Ratchet.Cli.Output;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Cli.Serve;

/// <summary>Looks for the folders of tasks before anything starts: a name that was mistyped would else be a server that knows no task.</summary>
internal static class TaskSources
{
    /// <exception cref="CliException">One of them is not there.</exception>
    public static void Check(IEnumerable<string> sources)
    {
        foreach (string source in sources)
        {
            // An address may answer later, and is asked again.
            if (!HttpTaskSource.Is(source) && !Directory.Exists(source) && !File.Exists(source)) throw new CliException(ExitCodes.Usage, $"there are no tasks at '{source}'; name a folder of tasks with --tasks, or in Tasks:Sources.");
        }
    }
}
