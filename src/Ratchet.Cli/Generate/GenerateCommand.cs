using System.CommandLine;

namespace Ratchet.Cli.Generate;

/// <summary><c>ratchet generate</c>: starting points.</summary>
internal static class GenerateCommand
{
    public static Command Create() => new("generate", "Creates starting points.") { GenerateTaskCommand.Create() };
}
