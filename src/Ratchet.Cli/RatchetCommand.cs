using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using Ratchet.Cli.Bulk;
using Ratchet.Cli.Completion;
using Ratchet.Cli.Doctor;
using Ratchet.Cli.Events;
using Ratchet.Cli.Generate;
using Ratchet.Cli.Input;
using Ratchet.Cli.Jobs;
using Ratchet.Cli.Limiting;
using Ratchet.Cli.Output;
using Ratchet.Cli.Queues;
using Ratchet.Cli.Replay;
using Ratchet.Cli.RunOnce;
using Ratchet.Cli.Schedules;
using Ratchet.Cli.Serve;
using Ratchet.Cli.Statistics;
using Ratchet.Cli.Tasks;
using Ratchet.Cli.Testing;
using Ratchet.Cli.Validate;
using Ratchet.Cli.Webhooks;
using Ratchet.Cli.Workers;

namespace Ratchet.Cli;

/// <summary>The <c>ratchet</c> command: its table of contents, and what a mistake in its arguments looks like.</summary>
internal static class RatchetCommand
{
    // '@' belongs to `--input @FILE`; response files would take it away.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Create()
    {
        RootCommand root = new("Durable JavaScript jobs.");
        foreach (Command command in HostingCommands.All) root.Add(command);
        root.Add(RunOnceCommand.Create());
        root.Add(ValidateCommand.Create());
        root.Add(TestCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(GenerateCommand.Create());
        root.Add(JobCommand.Create());
        root.Add(TaskCommand.Create());
        root.Add(ScheduleCommand.Create());
        root.Add(QueueCommand.Create());
        root.Add(LimitCommand.Create());
        root.Add(WorkerCommand.Create());
        root.Add(BulkCommand.Create());
        root.Add(WebhookCommand.Create());
        root.Add(EventsCommand.Create());
        root.Add(StatsCommand.Create());
        root.Add(DoctorCommand.Create());
        root.Add(CompletionCommand.Create());
        SuggestDirective suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction(root, suggest, Parser);
        return root;
    }

    /// <summary>Returns the process's exit code; see <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        RootCommand root = Create();
        ParseResult parsed = root.Parse(args, Parser);
        if (parsed.Action is ParseErrorAction || Mistyped.Option(parsed) is not null) return await MistakeAsync(root, parsed, cancel);
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, cancel);
    }

    private static async Task<int> MistakeAsync(RootCommand root, ParseResult parsed, CancellationToken cancel)
    {
        Command command = parsed.CommandResult.Command;
        string[] path = [.. Path(command).Reverse()];
        string? mistyped = Mistyped.Option(parsed);
        if (mistyped is null && command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            await root.Parse([.. path, "--help"], Parser).InvokeAsync(new InvocationConfiguration { Output = Console.Error }, cancel);
            return ExitCodes.Usage;
        }

        // One message is enough: the others follow from the first, and an unknown word explains all of them.
        string? unknown = mistyped is null && command.Subcommands.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        Messages.Error(unknown is null
            ? mistyped ?? parsed.Errors[0].Message
            : $"'{unknown}' is not a command; did you mean '{NearestName.Of(unknown, command.Subcommands.Select(c => c.Name))}'?");
        Messages.Note($"'{string.Join(' ', path.Prepend("ratchet"))} --help' shows how it is used.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> Path(Command command)
    {
        for (Command? at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault()) yield return at.Name;
    }
}
