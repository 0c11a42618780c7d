using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Generate;

/// <summary><c>ratchet generate task</c>: a task that works and has a passing test.</summary>
internal static class GenerateTaskCommand
{
    public static Command Create()
    {
        Option<string> path = new("--path") { Description = "The new task's folder; must be empty or not there.", HelpName = "DIR", Required = true };
        Option<string> name = new("--name") { Description = "The task's name; the folder's name otherwise.", HelpName = "NAME" };
        Option<string> label = new("--label") { Description = "A few words for people; the name otherwise.", HelpName = "TEXT" };
        Option<string> description = new("--description") { Description = "What the task does.", HelpName = "TEXT", DefaultValueFactory = _ => "Greets whoever is named." };
        Option<string> version = new("--version") { Description = "The first version, as of SemVer.", HelpName = "VERSION", DefaultValueFactory = _ => "1.0.0" };
        return new Command("task", "Creates a working task with a test.") { path, name, label, description, version }.Runs((parsed, _) =>
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(path)));
            string called = parsed.GetValue(name) ?? Path.GetFileName(folder);
            NewTask task = new(called, parsed.GetValue(label) ?? called, parsed.GetRequiredValue(description), parsed.GetRequiredValue(version));
            Check(task, folder);
            task.Write(folder, TimeProvider.System);
            Console.Out.WriteLine(folder);
            Messages.Note($"next: ratchet test --from-fs {folder}");
            return Task.FromResult(ExitCodes.Ok);
        });
    }

    private static void Check(NewTask task, string folder)
    {
        if (!TaskName.IsValid(task.Name)) throw new CliException(ExitCodes.Usage, $"'{task.Name}' cannot be a task's name: it may hold {TaskName.Rule}; --name gives another.");
        if (!SemanticVersion.IsValid(task.Version)) throw new CliException(ExitCodes.Usage, $"'{task.Version}' is no version as of SemVer 2.0.0, such as 1.0.0.");
        if (string.IsNullOrWhiteSpace(task.Label) || task.Label.Length > TaskPackageLimits.LabelChars) throw new CliException(ExitCodes.Usage, $"--label must have 1 to {TaskPackageLimits.LabelChars} characters.");
        if (string.IsNullOrWhiteSpace(task.Description) || task.Description.Length > TaskPackageLimits.DescriptionChars) throw new CliException(ExitCodes.Usage, $"--description must have 1 to {TaskPackageLimits.DescriptionChars} characters.");
        if (File.Exists(folder)) throw new CliException(ExitCodes.Usage, $"{folder} is a file.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new CliException(ExitCodes.Usage, $"{folder} is not empty.");
    }
}
