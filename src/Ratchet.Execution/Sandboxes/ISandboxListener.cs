namespace Ratchet.Execution.Sandboxes;

/// <summary>Hears of one process, on that process's reader thread.</summary>
internal interface ISandboxListener
{
    /// <summary>Frames that came together, in order. The list is reused.</summary>
    void OnEvents(SandboxProcess process, List<ChildEvent> events);

    /// <summary>The process is gone; nothing more comes.</summary>
    void OnDeath(SandboxProcess process, Death death);
}
