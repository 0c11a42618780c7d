using Ratchet.Cli.Output;
using Ratchet.Cli.Replay;
using Ratchet.Cli.Sandboxes;
using Ratchet.Cli.Server;
using Ratchet.Execution.Recordings;
using Ratchet.Tasks;

namespace Ratchet.Cli.Testing;

/// <summary>Has what a server has recorded of a task again, on other code: what would have come out otherwise.</summary>
internal static class HistoryRunner
{
    /// <exception cref="CliException">The server has no recording of the task, or is not reached.</exception>
    public static async Task<IReadOnlyList<TestResult>> RunAsync(LocalSandbox sandbox, ApiClient client, TaskPackage package, int last, CancellationToken cancel)
    {
        IReadOnlyList<string> executions = await ServerRecordings.ListAsync(client, package.Name, last, cancel);
        if (executions.Count == 0)
            throw new CliException(ExitCodes.NotFound, $"the server has no recordings of '{package.Name}': set execution.record to \"always\" in its metadata, or submit with --record always.");
        await sandbox.Started;
        return await Spinner.WhileAsync($"{executions.Count} executions of {package.Name} are run again", RunAllAsync(sandbox, client, package, executions, cancel));
    }

    private static async Task<IReadOnlyList<TestResult>> RunAllAsync(
        LocalSandbox sandbox, ApiClient client, TaskPackage package, IReadOnlyList<string> executions, CancellationToken cancel)
    {
        List<TestResult> results = new(executions.Count);
        foreach (string execution in executions)
        {
            Recording recording = await ServerRecordings.GetAsync(client, execution, cancel);
            ReplayResult replay = await Replayer.RunAsync(sandbox.Pool, package, recording, cancel);
            results.Add(new TestResult(execution, replay.Outcome.FinishedAt - replay.Outcome.StartedAt, replay.Differences));
        }

        return results;
    }
}
