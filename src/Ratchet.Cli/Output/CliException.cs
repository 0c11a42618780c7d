using System.Net;

namespace Ratchet.Cli.Output;

/// <summary>Ends the command with a message and an exit code.</summary>
/// <param name="message">One clear sentence.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed class CliException(int exitCode, string message) : RatchetException(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What the server answered, when it was the server.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Something was sent, and its answer is lost: it may have been done or not.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Further lines below the message, such as the places where an input does not match its schema.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
