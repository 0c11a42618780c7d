using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>No walls but those that the sandbox puts up itself.</summary>
internal sealed class BareBuilder : IWallBuilder
{
    public IsolationLevel Level => IsolationLevel.None;

    public string? Missing() => null;

    public void Begin(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
    {
        start.FileName = program.Host;
        start.ArgumentList.Add(program.Assembly);
    }

    /// <summary>There is nothing to be tried.</summary>
    public void BeginTrial(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
    {
    }

    public string? Unreadable(SandboxProgram program) => FileView.Unreadable(program, fromRoot: true);
}
