using System.CommandLine;
using System.CommandLine.Completions;
using Ratchet.Cli.Input;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Schedules;
using Ratchet.Jobs;
using Ratchet.Schedules;

namespace Ratchet.Cli.Completion;

/// <summary>Tells the parser what values options and arguments have, for completion alone.</summary>
internal static class KnownWords
{
    private static readonly string[] Priorities = [.. Enum.GetValues<JobPriority>().Select(priority => priority.Name().ToLowerInvariant())];

    /// <param name="names">What the server is asked for comes from there.</param>
    public static void Attach(Command command, ServerNames names)
    {
        foreach (Option option in command.Options)
        {
            if (option is StateOption) option.CompletionSources.Add(States);
            else if (option is PriorityField) option.CompletionSources.Add(Priorities);
            else if (option is PolicyField) option.CompletionSources.Add(Policies(option.Name));
            else if (Listed(option.HelpName) is { Length: > 0 } words) option.CompletionSources.Add(words);
            if (ServerNames.CollectionOf(option) is { } collection) option.CompletionSources.Add(_ => names.Wanted(collection));
        }

        foreach (Argument argument in command.Arguments)
        {
            if (argument.Name == "PRIORITY") argument.CompletionSources.Add(Priorities);
            else if (Listed(argument.HelpName) is { Length: > 0 } words) argument.CompletionSources.Add(words);
            if (ServerNames.CollectionOf(argument, command) is { } collection) argument.CompletionSources.Add(_ => names.Wanted(collection));
        }

        foreach (Command below in command.Subcommands) Attach(below, names);
    }

    private static string[] Policies(string option) =>
        [.. (option == "--overlap" ? Enum.GetValues<OverlapPolicy>().Select(policy => policy.Name()) : Enum.GetValues<MisfirePolicy>().Select(policy => policy.Name())).Select(PolicyField.Typed)];

    /// <summary>The help shows values as <c>table|json|yaml</c>, and what stands for any value in capitals.</summary>
    private static string[] Listed(string? help) => help is not null && help.Contains('|') && !help.Any(char.IsAsciiLetterUpper) ? help.Split('|') : [];

    /// <summary>Several by comma: the last one is completed, and the others stay.</summary>
    private static IEnumerable<CompletionItem> States(CompletionContext context)
    {
        string typed = context.WordToComplete;
        string before = typed[..(typed.LastIndexOf(',') + 1)];
        return JobStates.All.Select(state => new CompletionItem(before + state.Name()));
    }
}
