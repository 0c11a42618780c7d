using System.CommandLine;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary><c>--server URL</c>, else the environment's <c>RATCHET_URL</c>, else where <c>ratchet serve</c> listens by default.</summary>
internal sealed class ServerOption : Option<string>
{
    private const string Variable = "RATCHET_URL";
    private const string Default = "http://127.0.0.1:8080";

    public ServerOption() : base("--server")
    {
        Description = $"The server's address; {Variable} otherwise, else {Default}.";
        HelpName = "URL";
        Recursive = true;
    }

    /// <exception cref="CliException">The address is no http or https URL.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        string? variable = Environment.GetEnvironmentVariable(Variable);
        string url = parsed.GetValue(this) ?? (string.IsNullOrWhiteSpace(variable) ? Default : variable);
        bool known = Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https";
        if (!known) throw new CliException(ExitCodes.Usage, $"'{url}' is no server address such as {Default}.");
        return new ApiClient(server!, TimeProvider.System, FlagNames.Of(parsed));
    }
}
