using System.CommandLine;
using Ratchet.Jobs;

namespace Ratchet.Cli.Input;

/// <summary><c>--state</c>: several by comma or by repeating.</summary>
internal sealed class StateOption : Option<string[]>
{
    private static readonly string States = string.Join(", ", JobStates.All.Select(s => s.Name()));

    public StateOption() : base("--state")
    {
        Description = $"Only jobs in this state; several by comma or by repeating: {States}.";
        HelpName = "STATE,...";
        Validators.Add(result =>
        {
            if (Split(result.GetValueOrDefault<string[]>()).FirstOrDefault(name => !JobStates.TryParse(name, out _)) is { } unknown)
                result.AddError($"--state must be one of {States}; '{unknown}' is none.");
        });
    }

    /// <summary>As the server spells them; empty when none was given.</summary>
    public string[] Of(ParseResult parsed) => [.. Split(parsed.GetValue(this)).Distinct()];

    private static IEnumerable<string> Split(string[]? given) =>
        (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(name => name.ToUpperInvariant());
}
