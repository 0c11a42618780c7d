using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Execution.Packages;
using Ratchet.Tasks;

namespace Ratchet.Cli.Sandboxes;

/// <summary><c>--from-fs PATH</c>: a task's folder, or a zip of one.</summary>
internal sealed class TaskPath : Option<string>
{
    public TaskPath() : base("--from-fs")
    {
        Description = "The task: its folder, or a .zip of it.";
        HelpName = "PATH";
        Required = true;
    }

    /// <exception cref="CliException">Nothing is there.</exception>
    public TaskReading Read(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(this);
        if (!Directory.Exists(path) && !File.Exists(path)) throw new CliException(ExitCodes.NotFound, $"there is no task at '{path}'.");
        return TaskPackageReader.Read(path);
    }

    /// <exception cref="CliException">Nothing is there, or what is there cannot run; lists all that is wrong.</exception>
    public TaskPackage Load(ParseResult parsed)
    {
        TaskReading reading = Read(parsed);
        return reading.Package ?? throw Broken(reading.Source, reading.Problems);
    }

    public static CliException Broken(string source, IReadOnlyList<TaskProblem> problems) =>
        new(ExitCodes.Failed, $"the task in {source} has {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems")}:")
        {
            Lines = [.. problems.Select(p => p.ToString())],
        };
}
