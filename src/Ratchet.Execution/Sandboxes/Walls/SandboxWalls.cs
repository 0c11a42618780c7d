using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>
/// The level that is in force for a node's sandboxes, decided once by really starting something harmless behind it, and the command that starts a sandbox behind it.
/// </summary>
public sealed class SandboxWalls
{
    private static readonly ConcurrentDictionary<(SandboxProgram, IsolationWish, string?), Lazy<SandboxWalls>> Decided = new();

    private readonly IWallBuilder builder;

    internal SandboxWalls(IWallBuilder builder, SandboxUser? user, IReadOnlyList<WallRefusal> refused)
    {
        this.builder = builder;
        User = user;
        Refused = refused;
    }

    /// <summary>No namespaces and no other user: for programs that are no sandbox.</summary>
    internal static SandboxWalls Bare { get; } = new(new BareBuilder(), null, []);

    public IsolationLevel Level => builder.Level;

    /// <summary>The level's name as it is configured and shown: <c>bubblewrap</c>, <c>unshare</c> or <c>none</c>.</summary>
    public string Name => IsolationNames.Of(Level);

    /// <summary>Who a sandbox becomes; null: it stays who the node is.</summary>
    public SandboxUser? User { get; }

    /// <summary>Why it stays who the node is although that is root; null when it does not, or the node is not.</summary>
    public string? UserRefused { get; internal init; }

    /// <summary>The stronger levels that are not in force, with the reason of each.</summary>
    public IReadOnlyList<WallRefusal> Refused { get; }

    /// <summary>Decides once for the life of this process: what a machine can do does not change under it.</summary>
    /// <exception cref="RatchetException">The level that was asked for is not to be had: says which and why.</exception>
    internal static SandboxWalls For(SandboxOptions options, SandboxProgram program) =>
        Decided.GetOrAdd((program, options.Isolation, options.User), static key => new Lazy<SandboxWalls>(() => new WallChoice(WallBuilders.All).Choose(key.Item1, key.Item2, key.Item3))).Value;

    /// <summary>The command for a sandbox: its environment and its pipes are the caller's.</summary>
    internal ProcessStartInfo Command(SandboxProgram program, params ReadOnlySpan<string> further)
    {
        var start = new ProcessStartInfo { WorkingDirectory = "/", UseShellExecute = false };
        builder.Begin(start, program, User);
        if (User is not null && Level != IsolationLevel.Unshare) Add(start, Ratchet.Sandbox.Protocol.WallReport.UserSwitch, User.ToString());
        foreach (string argument in further) start.ArgumentList.Add(argument);
        // Measured: the .NET host needs no variable at all. What it can be told is in Ratchet.Sandbox.runtimeconfig.json; diagnostics are switched off by the environment only, and
        // without it each child opens a debugger's socket in /tmp. The zone is said because what a script takes for local time must not depend on how much its walls let it see.
        start.Environment.Clear();
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
    }
}

/// <summary>Why a level is not in force.</summary>
/// <param name="Reason">One sentence for the operator.</param>
public sealed record WallRefusal(IsolationLevel Level, string Reason);
