using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Cli.Testing;

/// <summary>Runs a task's tests one after another, each with its own mocks.</summary>
internal static class TestRunner
{
    public static async Task<IReadOnlyList<TestResult>> RunAsync(
        ISandboxPool pool, TaskPackage package, IReadOnlyList<TaskTest> tests, CancellationToken cancel)
    {
        List<TestResult> results = new(tests.Count);
        foreach (TaskTest test in tests)
        {
            RunRequest request = LocalRun.Request(package, test.Input, test.Attempt, timeout: null, new MockFetchBroker(test.Mocks));
            RunOutcome outcome = await pool.RunAsync(request, cancel);
            cancel.ThrowIfCancellationRequested();
            results.Add(new TestResult(test.Name, outcome.FinishedAt - outcome.StartedAt, Differences(test, outcome)));
        }

        return results;
    }

    private static IReadOnlyList<string> Differences(TaskTest test, RunOutcome outcome) => (test.ExpectedOutput, outcome.Failure) switch
    {
        ({ } expected, null) => JsonDiff.Lines(expected, JsonElement.Parse(outcome.Output!)),
        ({ }, { } failure) => [$"expected an output, but it failed with {Show(failure)}"],
        (null, { } failure) => Differences(test.ExpectedError!, failure),
        (null, null) => [$"expected {Show(test.ExpectedError!)}, but it returned {JsonOutput.ToText(JsonElement.Parse(outcome.Output!))}"],
    };

    private static IReadOnlyList<string> Differences(ExpectedError expected, Failure failure) =>
        failure.Name == expected.Name && (expected.Message is null || failure.Message.Contains(expected.Message, StringComparison.Ordinal))
            ? []
            : [$"expected {Show(expected)}, but it failed with {Show(failure)}"];

    private static string Show(ExpectedError error) => error.Message is null ? error.Name : $"{error.Name} with \"{error.Message}\" in its message";

    private static string Show(Failure failure) => $"{failure.Name}: {failure.Message}";
}
