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
        return new Command("validate", "Checks a task's metadata, schemas, code and tests.") { task }.Runs(async (parsed, cancel) =>
        {
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            TaskReading reading = task.Read(parsed);
            IReadOnlyList<TaskProblem> problems = reading.Package is null ? reading.Problems : await CheckAsync(sandbox, reading, cancel);
            foreach (TaskProblem problem in problems) Console.Out.WriteLine(Messages.Clean(problem.ToString()));
            if (problems.Count > 0) throw new CliException(ExitCodes.Failed, $"{reading.Source} has {Count(problems.Count, "problem")}.");
            Console.Out.WriteLine($"{reading.Package!.Name} {reading.Package.Version} is valid ({Count(reading.Tests.Count, "test")}).");
            return ExitCodes.Ok;
        });
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static async Task<IReadOnlyList<TaskProblem>> CheckAsync(LocalSandbox sandbox, TaskReading reading, CancellationToken cancel)
    {
        await sandbox.Started;
        return await Spinner.WhileAsync($"{reading.Package!.Name} is being checked", TaskValidation.CheckAsync(sandbox.Pool, reading, cancel));
    }
}
