using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job run</c>: submits a job; with <c>--wait</c> prints its output, else its id.</summary>
internal static class JobRunCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    public static Command Create(ServerOption server)
    {
        Argument<string> task = new("TASK") { Description = "The task's name." };
        Option<string> input = new("--input")
        {
            Description = "The input, as JSON; @FILE reads it from a file, @- from stdin.", HelpName = "JSON|@FILE", DefaultValueFactory = _ => "{}",
        };
        Option<bool> wait = new("--wait") { Description = "Waits for the job's end and prints its output alone." };
        TimeoutOption timeout = new("How long --wait waits; 60 otherwise.");
        JobRunOptions options = new();
        Command command = new("run", "Submits a job.") { task, input, wait, timeout };
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            bool waiting = parsed.GetValue(wait);
            if (!waiting && timeout.Of(parsed) is not null) throw new CliException(ExitCodes.Usage, "--timeout says how long --wait waits; add --wait.");
            string text = parsed.GetRequiredValue(input);
            JsonElement value = text.StartsWith('@') ? await JsonInput.ReadFileAsync("--input", text[1..], cancel) : JsonInput.ParseText("--input", text);
            byte[] body = options.Body(parsed, parsed.GetRequiredValue(task), value);
            using ApiClient client = server.Connect(parsed);
            JobSubmit submit = new(client, body, options.IdempotencyKey(parsed), TimeProvider.System);
            JsonElement job = await SubmitAsync(submit, cancel);
            if (waiting) return await WaitAsync(new JobWait(client, submit, TimeProvider.System), job, timeout.Of(parsed) ?? DefaultTimeout, cancel);
            Console.Out.WriteLine(Messages.Clean(job.Shown("id")));
            Messages.Note($"job {job.Shown("id")} is {job.Shown("state")}");
            return ExitCodes.Ok;
        });
    }

    private static async Task<JsonElement> SubmitAsync(JobSubmit submit, CancellationToken cancel)
    {
        try
        {
            return (await submit.SendAsync(cancel)).Body;
        }
        catch (Exception) when (submit.Doubt is { } doubt)
        {
            Messages.Note(doubt);
            throw;
        }
    }

    private static async Task<int> WaitAsync(JobWait wait, JsonElement job, TimeSpan timeout, CancellationToken cancel)
    {
        string id = job.Shown("id");
        try
        {
            job = await Spinner.WhileAsync($"waiting for job {id}", wait.RunAsync(job, timeout, cancel));
        }
        catch (Exception error) when (cancel.IsCancellationRequested || error is CliException { ExitCode: ExitCodes.Unreachable or ExitCodes.Failed })
        {
            Messages.Note($"job {id} was accepted and goes on; 'ratchet job get {id}' shows how");
            throw;
        }

        switch (job.Shown("state"))
        {
            case "COMPLETED":
                if (job.Field("output") is { } output) JsonOutput.WriteCompact(output);
                return ExitCodes.Ok;
            case var state when JobWait.IsEnd(state):
                Messages.Error(job.Field("failure") is { } failure ? $"{failure.Shown("name")}: {failure.Shown("message")}" : $"job {id} is {state}.");
                JobDetails.WriteFailurePlaces(job.Field("failure"));
                Messages.Note($"job {id} is {state}");
                return ExitCodes.Failed;
            case var state:
                Messages.Error($"job {id} is still {state} after {timeout.TotalSeconds:0.###} s; it was accepted and goes on, and 'ratchet job get {id}' shows how.");
                return ExitCodes.TimedOut;
        }
    }
}
