namespace Ratchet.Execution.Sandboxes;

/// <summary>Why the node itself ended a process; None when it ended without the node's doing.</summary>
internal enum KillCause
{
    None = 0,
    /// <summary>No longer needed.</summary>
    Retired,
    /// <summary>A run went on after its interrupt.</summary>
    Overdue,
    /// <summary>Loading its task took too long.</summary>
    LoadOverdue,
    /// <summary>It did not say Hello in time.</summary>
    StartOverdue,
    /// <summary>Its resident memory passed the limit.</summary>
    Memory,
    /// <summary>It broke the protocol.</summary>
    Protocol,
}
