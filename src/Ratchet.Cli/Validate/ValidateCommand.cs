using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Validate;

/// <summary><c>ratchet validate</c>: everything that is wrong with a task, without running it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        TaskPath task = new();
        OutputOption output = new();
        return new Command("validate", "Checks a task's metadata, schemas, code and tests.") { task, output }.Runs(async (parsed, cancel) =>
        {
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            TaskReading reading = task.Read(parsed);
            IReadOnlyList<TaskProblem> problems = reading.Package is null ? reading.Problems : await CheckAsync(sandbox, reading, cancel);
            ValidationReport.Write(reading, problems, output.Of(parsed));
            return problems.Count == 0 ? ExitCodes.Ok : throw new CliException(ExitCodes.Failed, $"{reading.Source} has {ValidationReport.Count(problems.Count, "problem")}.");
        });
    }

    private static async Task<IReadOnlyList<TaskProblem>> CheckAsync(LocalSandbox sandbox, TaskReading reading, CancellationToken cancel)
    {
        await sandbox.Started;
        return await Spinner.WhileAsync($"{reading.Package!.Name} is being checked", TaskValidation.CheckAsync(sandbox.Pool, reading, cancel));
    }
}
