using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Cli.Server;
using Ratchet.Execution.Recordings;
using Ratchet.Tasks;

namespace Ratchet.Cli.Replay;

/// <summary><c>ratchet replay</c>: has a recorded execution again, with its input, its HTTP answers, its time and chance, and no network; and compares what comes out.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        TaskPath task = new();
        Option<string> folder = new("--recording") { Description = "A folder that run-once --record or replay --save made.", HelpName = "DIR" };
        Option<string> execution = new("--execution") { Description = "An execution that the server has recorded.", HelpName = "ID" };
        Option<string> save = new("--save") { Description = "Writes the server's recording into a new folder below DIR.", HelpName = "DIR" };
        ServerOption server = new();
        return new Command("replay", "Runs a recorded execution again, offline, and compares the result.") { task, folder, execution, save, server }.Runs(async (parsed, cancel) =>
        {
            if (parsed.GetValue(folder) is null == parsed.GetValue(execution) is null) throw new CliException(ExitCodes.Usage, "give one of --recording and --execution.");
            if (parsed.GetValue(save) is not null && parsed.GetValue(execution) is null) throw new CliException(ExitCodes.Usage, "--save goes with --execution.");
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel);
            Recording recording = parsed.GetValue(execution) is { } id ? await FetchAsync(server, parsed, id, cancel) : Read(parsed.GetRequiredValue(folder));
            if (parsed.GetValue(save) is { } directory) Messages.Note($"saved in {RecordingWriter.Write(directory, recording)}");
            return await RunAsync(sandbox, task.Load(parsed), recording, cancel);
        });
    }

    private static async Task<Recording> FetchAsync(ServerOption server, ParseResult parsed, string execution, CancellationToken cancel)
    {
        using ApiClient client = server.Connect(parsed);
        return await ServerRecordings.GetAsync(client, execution, cancel);
    }

    /// <summary>Of the folder itself, or of the one recording below it: the folder that <c>--save</c> and <c>--record</c> were given.</summary>
    private static Recording Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new CliException(ExitCodes.NotFound, $"there is no recording at '{folder}'.");
        if (RecordingReader.IsRecording(folder)) return RecordingReader.Read(folder);
        string[] below = [.. Directory.EnumerateDirectories(folder).Where(RecordingReader.IsRecording).Order(StringComparer.Ordinal)];
        if (below.Length > 1) throw new CliException(ExitCodes.Usage, $"there are {below.Length} recordings in {folder}; name one of them, such as {below[^1]}.");
        return RecordingReader.Read(below.Length == 1 ? below[0] : folder);
    }

    private static async Task<int> RunAsync(LocalSandbox sandbox, TaskPackage package, Recording recording, CancellationToken cancel)
    {
        if (package.Name != recording.Task.Name) throw new CliException(ExitCodes.Usage, $"the recording is of task '{recording.Task.Name}', {package.Source} has '{package.Name}'.");
        bool sameCode = package.Digest == recording.Task.Digest;
        if (!sameCode) Messages.Note($"note: the recording is of {recording.Task.Name} {recording.Task.Version} with other content than {package.Source}.");
        foreach (string doubt in Replayer.Doubts(recording)) Messages.Note(doubt);

        await sandbox.Started;
        ReplayResult result = await Spinner.WhileAsync($"{package.Name} is running", Replayer.RunAsync(sandbox.Pool, package, recording, cancel));
        OutcomeMessages.WriteLog(result.Outcome.Log);
        if (result.Outcome.Output is { } output) JsonOutput.WriteRaw(output);
        if (result.Differences.Count > 0) throw new CliException(ExitCodes.Failed, "the replay differs from the recording:") { Lines = result.Differences };
        string same = recording.Failure is { } failure ? $"failure ({failure.Name}: {failure.Message})" : "output";
        Messages.Note($"the replay matches the recording: the same {same}, {recording.Exchanges.Count} HTTP call{(recording.Exchanges.Count == 1 ? "" : "s")}.");
        return ExitCodes.Ok;
    }
}
