using System.CommandLine;
using System.IO.Enumeration;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Testing;

/// <summary>
/// <c>ratchet test</c>: runs a task's <c>tests/*.json</c>. No tests at all counts as a failure, so that a typo in a path cannot pass for success.
/// </summary>
internal static class TestCommand
{
    public static Command Create()
    {
        TaskPath task = new();
        Option<string> filter = new("--filter") { Description = "Runs the tests whose name contains TEXT; * stands for anything.", HelpName = "TEXT" };
        OutputOption output = new();
        return new Command("test", "Runs a task's tests.") { task, filter, output }.Runs(async (parsed, cancel) =>
        {
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            TaskReading reading = task.Read(parsed);
            if (reading.Package is null || reading.Problems.Count > 0) throw TaskPath.Broken(reading.Source, reading.Problems);
            if (reading.Tests.Count == 0) throw new CliException(ExitCodes.Failed, $"{reading.Source} has no tests; a test is a file tests/NAME.json.");
            TaskTest[] chosen = [.. reading.Tests.Where(t => Matches(t.Name, parsed.GetValue(filter)))];
            if (chosen.Length == 0) throw new CliException(ExitCodes.Failed, $"none of the {reading.Tests.Count} tests matches '{parsed.GetValue(filter)}'.");

            await sandbox.Started;
            Task<IReadOnlyList<TestResult>> running = TestRunner.RunAsync(sandbox.Pool, reading.Package, chosen, cancel);
            IReadOnlyList<TestResult> results = await Spinner.WhileAsync($"{reading.Package.Name} is being tested", running);
            TestReport.Write(results, output.Of(parsed));
            return results.All(r => r.Passed) ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }

    private static bool Matches(string name, string? filter) => filter is null || FileSystemName.MatchesSimpleExpression($"*{filter}*", name);
}
