namespace Ratchet.Sandbox.Execution;

/// <summary>The task cannot be run; the message is for its author.</summary>
internal sealed class LoadException(string message, int line = 0, int column = 0) : Exception(message)
{
    public int Line { get; } = line;
    public int Column { get; } = column;
}
