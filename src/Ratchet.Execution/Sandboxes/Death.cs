using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>How a process ended, with what it left behind.</summary>
/// <param name="Cause">Why the node killed it, if it did.</param>
/// <param name="ExitCode">As shells count: 128 and the signal's number when a signal ended it.</param>
/// <param name="Evidence">The end of its standard error.</param>
internal sealed record Death(KillCause Cause, int ExitCode, string Evidence)
{
    /// <summary>V8 reports that it ran out of memory in a few ways, all with these words before it aborts.</summary>
    public bool IsOutOfMemory => Cause == KillCause.Memory
        || (Cause == KillCause.None && (Evidence.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || Evidence.Contains("Last few GCs", StringComparison.Ordinal)));

    /// <summary>It ended itself because an interrupt had cost other runs their continuations; none of them is to blame.</summary>
    public bool LostContinuations => Cause == KillCause.None && ExitCode == ExitCodes.ContinuationsLost;

    /// <summary>For the metric and the log.</summary>
    public string Label => this switch
    {
        { Cause: KillCause.Retired } => "retired",
        { Cause: KillCause.Overdue } => "timeout",
        { Cause: KillCause.LoadOverdue } => "load_timeout",
        { Cause: KillCause.StartOverdue } => "start_timeout",
        { Cause: KillCause.Protocol } => "protocol",
        { IsOutOfMemory: true } => "out_of_memory",
        { LostContinuations: true } => "continuations_lost",
        _ => "crash",
    };

    /// <summary>One line for people.</summary>
    public string Summary
    {
        get
        {
            string last = Evidence.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
            return $"exit code {ExitCode}{(last.Length == 0 ? "" : $", {last}")}";
        }
    }
}
