namespace Ratchet.Sandbox.Protocol;

/// <summary>The other side sent something that the protocol does not allow. The connection, and with it the process, is over.</summary>
internal sealed class FrameException(string message) : Exception(message);
