using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Builds the walls of one level.</summary>
internal interface IWallBuilder
{
    IsolationLevel Level { get; }

    /// <summary>What is missing for this level on this machine, as a sentence that says what to do; null when it can be tried.</summary>
    string? Missing();

    /// <summary>Sets the program and the arguments that start the sandbox program behind this level's walls.</summary>
    void Begin(ProcessStartInfo start, SandboxProgram program, SandboxUser? user);

    /// <summary>The same with a program in the sandbox's place that only looks whether what the .NET host needs is there, and ends.</summary>
    void BeginTrial(ProcessStartInfo start, SandboxProgram program, SandboxUser? user);

    /// <summary>Whether a process of that user could read the sandbox program where this level shows it; the reason when it cannot.</summary>
    string? Unreadable(SandboxProgram program);
}

internal static class WallBuilders
{
    /// <summary>The strongest first.</summary>
    public static IReadOnlyList<IWallBuilder> All { get; } = [new BubblewrapBuilder(), new UnshareBuilder(), new BareBuilder()];
}
