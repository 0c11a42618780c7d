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
        Validators.Add(result =>
        {
            if (!TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("--output must be table, json or yaml.");
        });
    }

    public OutputFormat Of(ParseResult parsed) => TryParse(parsed.GetValue(this), out OutputFormat format) ? format : OutputFormat.Table;

    private static bool TryParse(string? text, out OutputFormat format)
    {
        (bool known, format) = text switch
        {
            "table" => (true, OutputFormat.Table),
            "json" => (true, OutputFormat.Json),
            "yaml" => (true, OutputFormat.Yaml),
            _ => (false, default),
        };
        return known;
    }
}
