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
        Option<string> description = new("--description") { Description = "What the task does.", HelpName = "TEXT" };
        Option<string> version = new("--version") { Description = $"The first version; {NewTask.DefaultVersion} otherwise.", HelpName = "VERSION" };
        return new Command("task", "Creates a working task with a test.") { path, name, label, description, version }.Runs((parsed, _) =>
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(path)));
            string called = parsed.GetValue(name) ?? Path.GetFileName(folder);
            NewTask task = new(called, parsed.GetValue(label) ?? called)
            {
                Description = parsed.GetValue(description) ?? NewTask.DefaultDescription,
                Version = parsed.GetValue(version) ?? NewTask.DefaultVersion,
            };
            Check(task, folder);
            task.Write(folder, TimeProvider.System);
            Console.Out.WriteLine(folder);
            Messages.Note($"next: ratchet test --from-fs {folder}");
            return Task.FromResult(ExitCodes.Ok);
        });
    }

    private static void Check(NewTask task, string folder)
    {
        Require(TaskName.IsValid(task.Name), $"'{task.Name}' cannot be a task's name: it may hold {TaskName.Rule}; --name gives another.");
        Require(SemanticVersion.IsValid(task.Version), $"'{task.Version}' is no version as of SemVer 2.0.0, such as 1.0.0.");
        RequireText("--label", task.Label, TaskPackageLimits.LabelChars);
        RequireText("--description", task.Description, TaskPackageLimits.DescriptionChars);
        Require(!File.Exists(folder), $"{folder} is a file.");
        Require(!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(), $"{folder} is not empty.");
    }

    private static void RequireText(string option, string text, int maxChars) =>
        Require(!string.IsNullOrWhiteSpace(text) && text.Length <= maxChars, $"{option} must have 1 to {maxChars} characters.");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new CliException(ExitCodes.Usage, otherwise);
    }
}
