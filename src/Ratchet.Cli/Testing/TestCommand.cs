using System.CommandLine;
using System.IO.Enumeration;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Cli.Server;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Testing;

/// <summary>
/// <c>ratchet test</c>: runs a task's <c>tests/*.json</c>, or with <c>--against-history</c> what a server has recorded of it. No tests at all counts as a
/// failure, so that a typo in a path cannot pass for success.
/// </summary>
internal static class TestCommand
{
    public static Command Create()
    {
        TaskPath task = new();
        Option<string> filter = new("--filter") { Description = "Runs the tests whose name contains TEXT; * stands for anything.", HelpName = "TEXT" };
        Option<int?> history = new("--against-history") { Description = "Runs the last N executions that the server has recorded of the task again, on this code.", HelpName = "N" };
        history.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > Limits.ListRows) result.AddError($"--against-history must be from 1 to {Limits.ListRows}.");
        });
        ServerOption server = new();
        OutputOption output = new();
        return new Command("test", "Runs a task's tests.") { task, filter, history, server, output }.Runs(async (parsed, cancel) =>
        {
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            TaskReading reading = task.Read(parsed);
            if (reading.Package is null || reading.Problems.Count > 0) throw TaskPath.Broken(reading.Source, reading.Problems);
            if (parsed.GetValue(history) is { } last)
            {
                if (parsed.GetValue(filter) is not null) throw new CliException(ExitCodes.Usage, "--filter and --against-history exclude each other.");
                using ApiClient client = server.Connect(parsed);
                return Report(await HistoryRunner.RunAsync(sandbox, client, reading.Package, last, cancel), output.Of(parsed));
            }

            if (reading.Tests.Count == 0) throw new CliException(ExitCodes.Failed, $"{reading.Source} has no tests; a test is a file tests/NAME.json.");
            TaskTest[] chosen = [.. reading.Tests.Where(t => Matches(t.Name, parsed.GetValue(filter)))];
            if (chosen.Length == 0) throw new CliException(ExitCodes.Failed, $"none of the {reading.Tests.Count} tests matches '{parsed.GetValue(filter)}'.");

            await sandbox.Started;
            Task<IReadOnlyList<TestResult>> running = TestRunner.RunAsync(sandbox.Pool, reading.Package, chosen, cancel);
            return Report(await Spinner.WhileAsync($"{reading.Package.Name} is being tested", running), output.Of(parsed));
        });
    }

    private static int Report(IReadOnlyList<TestResult> results, OutputFormat format)
    {
        TestReport.Write(results, format);
        return results.All(r => r.Passed) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static bool Matches(string name, string? filter) => filter is null || FileSystemName.MatchesSimpleExpression($"*{filter}*", name);
}
