namespace Ratchet.Sandbox.Protocol;

/// <summary>Why a child ended by itself.</summary>
internal static class ExitCodes
{
    /// <summary>Its standard input was closed.</summary>
    public const int Closed = 0;

    /// <summary>A run was interrupted while others waited: V8 may have dropped their continuations, so they have to be run again. None of them is to blame.</summary>
    public const int ContinuationsLost = 90;

    /// <summary>The parent broke the protocol, or the child itself has a defect; standard error says which.</summary>
    public const int Defect = 91;
}
