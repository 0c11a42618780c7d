using System.CommandLine;

namespace Ratchet.Cli.Output;

internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}

/// <summary><c>-o table|json|yaml</c> of the commands that list or show.</summary>
internal sealed class OutputOption : Option<string>
{
    public OutputOption() : base("--output", "-o")
    {
        Description = "How the result is printed: table, json or yaml.";
        HelpName = "table|json|yaml";
        DefaultValueFactory = _ => "table";
        AcceptOnlyFromAmong("table", "json", "yaml");
    }

    public OutputFormat Of(ParseResult parsed) => Enum.Parse<OutputFormat>(parsed.GetRequiredValue(this), ignoreCase: true);
}
