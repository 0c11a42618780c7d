namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>How levels are written.</summary>
public static class IsolationNames
{
    public static string Of(IsolationLevel level) => level switch
    {
        IsolationLevel.Bubblewrap => "bubblewrap",
        IsolationLevel.Unshare => "unshare",
        _ => "none",
    };
}
