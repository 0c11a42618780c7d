namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>What stands around a sandbox process beside what it takes away from itself; stronger levels have greater numbers.</summary>
public enum IsolationLevel
{
    /// <summary>Nothing: its system calls are filtered all the same.</summary>
    None = 0,

    /// <summary>Namespaces and a view of its own files, made by util-linux's <c>unshare</c> and <c>mount</c>.</summary>
    Unshare = 1,

    /// <summary>The same by bubblewrap.</summary>
    Bubblewrap = 2,
}

/// <summary>The level that an operator asks for (<c>Sandbox:Isolation</c>).</summary>
public enum IsolationWish
{
    /// <summary>The strongest that works.</summary>
    Auto = 0,

    /// <summary>Bubblewrap, or no start.</summary>
    Bubblewrap = 1,

    /// <summary>Unshare, or no start.</summary>
    Unshare = 2,

    /// <summary>No namespaces, also where they could be had.</summary>
    None = 3,
}
