using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Cli.Sandboxes;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Cli.RunOnce;

/// <summary><c>ratchet run-once</c>: one attempt at a task, in this process and its sandbox, without a server.</summary>
internal static class RunOnceCommand
{
    /// <summary>To put a profile together takes longer than to say how a run ended.</summary>
    private static readonly TimeSpan ProfileGrace = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        TaskPath task = new();
        Option<string> json = new("--input-json") { Description = "The input.", HelpName = "JSON" };
        Option<string> file = new("--input-file") { Description = "A file with the input; - for stdin.", HelpName = "FILE" };
        Option<string> record = new("--record") { Description = "Writes a recording of the execution into a new folder below DIR.", HelpName = "DIR" };
        Option<string[]> networks = new("--allow-network")
        {
            Description = "A network that is not public and that the task may call, such as 127.0.0.1 or 10.0.0.0/8; repeatable.",
            HelpName = "CIDR",
            DefaultValueFactory = _ => [],
        };
        Option<string> secrets = new("--secrets") { Description = "A file of secrets, as a server's Secrets:File.", HelpName = "FILE" };
        InspectOption inspect = new();
        Option<string> profile = new("--profile") { Description = "Writes where the run's processor time went, for Chrome DevTools and VS Code.", HelpName = "FILE.cpuprofile" };
        TimeoutOption timeout = new("How long it may run; the task's own limit otherwise.");
        Command command = new("run-once", "Runs a task once, without a server; prints its output.") { task, json, file, record, networks, secrets, inspect, profile, timeout };
        return command.Runs(async (parsed, cancel) =>
        {
            bool both = parsed.GetValue(json) is not null && parsed.GetValue(file) is not null;
            if (both) throw new CliException(ExitCodes.Usage, "--input-json and --input-file exclude each other.");
            int? port = inspect.Of(parsed);
            if (port is not null && timeout.Of(parsed) is not null) throw new CliException(ExitCodes.Usage, "--inspect and --timeout exclude each other: what is debugged has no time limit.");
            await using LocalSandbox sandbox = LocalSandbox.Begin(cancel, parsed.GetValue(networks), parsed.GetValue(secrets), port, parsed.GetValue(profile) is null ? null : ProfileGrace);
            TaskPackage package = task.Load(parsed);
            JsonElement input = parsed.GetValue(file) is { } path
                ? await JsonInput.ReadFileAsync("--input-file", path, cancel)
                : JsonInput.ParseText("--input-json", parsed.GetValue(json) ?? "{}");
            RunRequest request = LocalRun.Request(package, input, attempt: 1, timeout.Of(parsed), fetch: null) with
            {
                Record = parsed.GetValue(record) is null ? RecordMode.Never : RecordMode.Always,
                Profile = parsed.GetValue(profile) is not null,
            };
            await sandbox.Started;
            RunOutcome outcome = port is null
                ? await Spinner.WhileAsync($"{package.Name} is running", sandbox.Pool.RunAsync(request, cancel))
                : await DebugAsync(sandbox, request, port.Value, cancel);
            cancel.ThrowIfCancellationRequested();
            if (parsed.GetValue(profile) is { } profileFile) await WriteProfileAsync(profileFile, outcome, cancel);
            return await EndAsync(sandbox, request, input, outcome, parsed.GetValue(record), cancel);
        });
    }

    private static async Task<RunOutcome> DebugAsync(LocalSandbox sandbox, RunRequest request, int port, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task told = Inspector.TellAsync(port, TimeProvider.System, ended.Token);
        // Not by interrupting the run: it may wait for a debugger that never comes. It ends with its process.
        RunOutcome outcome = await sandbox.Pool.RunAsync(request, CancellationToken.None).WaitAsync(cancel);
        await ended.CancelAsync();
        await told;
        return outcome;
    }

    private static async Task WriteProfileAsync(string file, RunOutcome outcome, CancellationToken cancel)
    {
        if (outcome.Profile is not { } profile)
        {
            Messages.Note("there is no profile: the run's process was ended before it was complete, or it is larger than 64 MiB");
            return;
        }

        await File.WriteAllBytesAsync(file, profile, cancel);
        Messages.Note($"profile written to {file}");
    }

    private static async Task<int> EndAsync(LocalSandbox sandbox, RunRequest request, JsonElement input, RunOutcome outcome, string? record, CancellationToken cancel)
    {
        OutcomeMessages.WriteLog(outcome.Log);
        if (outcome.Recorded is { } recorded)
        {
            string folder = RecordingWriter.Write(record!, RecordingOf(request, input, outcome, recorded));
            Messages.Note($"recorded in {folder}");
        }

        if (outcome.Failure is { } failure)
        {
            await ExplainAsync(sandbox, request.Package, failure, cancel);
            OutcomeMessages.WriteFailure(failure);
            return failure.Kind == FailureKind.Timeout ? ExitCodes.TimedOut : ExitCodes.Failed;
        }

        JsonOutput.WriteRaw(outcome.Output);
        return ExitCodes.Ok;
    }

    /// <summary>A task that cannot be loaded fails with one sentence; a check finds all that is wrong with it, with lines and columns.</summary>
    /// <exception cref="CliException">The check found problems.</exception>
    private static async Task ExplainAsync(LocalSandbox sandbox, TaskPackage package, Failure failure, CancellationToken cancel)
    {
        if (failure.Kind != FailureKind.ConfigurationError || failure.Name != nameof(FailureKind.ConfigurationError)) return;
        IReadOnlyList<TaskProblem> problems = await sandbox.Pool.CheckAsync(package, cancel);
        if (problems.Count > 0) throw TaskPath.Broken(package.Source, problems);
    }

    private static Recording RecordingOf(RunRequest request, JsonElement input, RunOutcome outcome, RecordedRun recorded) => new()
    {
        Task = request.Package.Reference,
        Execution = request.Execution,
        Job = request.Job,
        Attempt = request.Attempt,
        StartedAt = outcome.StartedAt,
        FinishedAt = outcome.FinishedAt,
        Timeout = request.Timeout,
        Input = input,
        Output = outcome.Output is { } output ? JsonElement.Parse(output) : null,
        Failure = outcome.Failure,
        Log = outcome.Log,
        Exchanges = recorded.Exchanges,
        Trace = recorded.Trace,
        Complete = recorded.Complete,
    };
}
