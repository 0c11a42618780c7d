using System.CommandLine;
using Ratchet.Cli.Config;

namespace Ratchet.Cli.Serve;

/// <summary>
/// The commands that host the server in this process. They stand apart because they alone need Orleans and ASP.NET: creating one must not touch
/// a type of either, or every other command would load them at its start.
/// </summary>
internal static class HostingCommands
{
    public static IReadOnlyList<Command> All => [ServeCommand.Create(), ConfigCommand.Create()];
}
