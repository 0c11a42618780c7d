using System.CommandLine;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Serve;

/// <summary><c>ratchet serve</c>: one silo and the gateway in this process, until SIGTERM or Ctrl-C, which drain.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var options = new ServeOptions();
        var command = new Command("serve", "Runs a server: the HTTP front door, the engine and its sandboxes.");
        options.AddTo(command);
        return command.Runs((parsed, cancel) => ServerHost.RunAsync(options.Flags(parsed), options.File(parsed), cancel));
    }
}
