using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Cli.Replay;

/// <summary><c>ratchet replay</c>: runs a task on a recording's input, with the recorded HTTP answers and no network, and compares what comes out.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        TaskPath task = new();
        Option<string> recording = new("--recording") { Description = "The folder that run-once --record made.", HelpName = "DIR", Required = true };
        return new Command("replay", "Runs a recorded execution again, offline, and compares the result.") { task, recording }.Runs(async (parsed, cancel) =>
        {
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            string folder = parsed.GetRequiredValue(recording);
            if (!Directory.Exists(folder)) throw new CliException(ExitCodes.NotFound, $"there is no recording at '{folder}'.");
            return await RunAsync(sandbox, task.Load(parsed), RecordingReader.Read(folder), cancel);
        });
    }

    private static async Task<int> RunAsync(LocalSandbox sandbox, TaskPackage package, Recording recording, CancellationToken cancel)
    {
        if (package.Digest != recording.Task.Digest)
        {
            Messages.Note($"note: the recording is of {recording.Task.Name} {recording.Task.Version} with other content than {package.Source}.");
        }

        ReplayFetchBroker broker = new(recording.Exchanges);
        await sandbox.Started;
        RunRequest request = LocalRun.Request(package, recording.Input, recording.Attempt, recording.Timeout, broker);
        RunOutcome outcome = await Spinner.WhileAsync($"{package.Name} is running", sandbox.Pool.RunAsync(request, cancel));
        cancel.ThrowIfCancellationRequested();

        OutcomeMessages.WriteLog(outcome.Log);
        if (outcome.Output is { } output) JsonOutput.WriteRaw(output);
        string[] differences = [.. ReplayComparison.Differences(recording, outcome, broker)];
        if (differences.Length > 0) throw new CliException(ExitCodes.Failed, "the replay differs from the recording:") { Lines = differences };
        string same = outcome.Failure is null ? "output" : "failure";
        Messages.Note($"the replay matches the recording: the same {same}, {recording.Exchanges.Count} HTTP calls.");
        return ExitCodes.Ok;
    }
}
