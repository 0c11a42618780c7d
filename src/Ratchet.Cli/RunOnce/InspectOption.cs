using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.RunOnce;

/// <summary><c>--inspect[=PORT]</c>: where a debugger is waited for.</summary>
internal sealed class InspectOption : Option<int?>
{
    /// <summary>Where chrome://inspect and VS Code look without being told, as for Node.</summary>
    private const int DefaultPort = 9229;

    public InspectOption() : base("--inspect")
    {
        Description = "Waits for a debugger (Chrome DevTools, VS Code) on this port of the loopback, 9229 without one; 0 takes a free one. Without walls and time limits.";
        HelpName = "PORT";
        Arity = ArgumentArity.ZeroOrOne;
        Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int port) || port is < 0 or > 65_535)) result.AddError("--inspect must be a port, from 0 to 65535.");
        });
    }

    /// <summary>The port; null when the option was not typed.</summary>
    /// <exception cref="CliException">Something else listens there.</exception>
    public int? Of(ParseResult parsed) => parsed.GetResult(this) is null ? null : Free(parsed.GetValue(this) ?? DefaultPort);

    private static int Free(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            throw new CliException(ExitCodes.Usage, $"port {port} is in use; --inspect=PORT takes another.");
        }
    }
}
