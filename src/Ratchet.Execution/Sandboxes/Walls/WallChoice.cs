using System.ComponentModel;
using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Finds the strongest level that works, or holds to the one that was asked for.</summary>
/// <param name="builders">The strongest first.</param>
internal sealed class WallChoice(IReadOnlyList<IWallBuilder> builders)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="RatchetException">The level, or the user, that was asked for is not to be had: says why and what to do.</exception>
    public SandboxWalls Choose(SandboxProgram program, IsolationWish wish, string? user)
    {
        SandboxUser? wanted = UserFor(user);
        List<WallRefusal> refused = [];
        foreach (IWallBuilder builder in builders)
        {
            if (wish != IsolationWish.Auto && builder.Level != LevelOf(wish)) continue;
            string? unreadable = wanted is null ? null : builder.Unreadable(program);
            // Who asked for a user gets it or no start. Where nobody asked, walls around root are better than another user without walls.
            string? reason = unreadable is not null && user is not null ? $"As user {wanted}: {unreadable}" : Try(builder, program, unreadable is null ? wanted : null);
            if (reason is null) return new SandboxWalls(builder, unreadable is null ? wanted : null, refused) { UserRefused = unreadable };
            refused.Add(new WallRefusal(builder.Level, reason));
        }
        string asked = wish == IsolationWish.Auto ? $"Sandbox:User asks for user {wanted}" : $"Sandbox:Isolation asks for {IsolationNames.Of(LevelOf(wish))}";
        throw new RatchetException($"{asked}, which is not to be had: {string.Join(' ', refused.Select(one => one.Reason))}");
    }

    private static SandboxUser? UserFor(string? user)
    {
        bool root = Environment.IsPrivilegedProcess;
        if (user is null) return root ? SandboxUser.Nobody : null;
        SandboxUser asked = SandboxUser.Parse(user) ?? throw new RatchetException($"Sandbox option User is '{user}'; it must be a user's number or UID:GID, each from 1.");
        return root ? asked : throw new RatchetException("Sandbox option User is set, but only a node that is started as root can run sandboxes as another user.");
    }

    private static IsolationLevel LevelOf(IsolationWish wish) => wish switch
    {
        IsolationWish.Bubblewrap => IsolationLevel.Bubblewrap,
        IsolationWish.Unshare => IsolationLevel.Unshare,
        _ => IsolationLevel.None,
    };

    /// <summary>Null when it works.</summary>
    private static string? Try(IWallBuilder builder, SandboxProgram program, SandboxUser? user)
    {
        if (builder.Missing() is { } missing) return missing;
        var start = new ProcessStartInfo { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        builder.BeginTrial(start, program, user);
        if (start.FileName.Length == 0) return null;
        start.Environment.Clear();
        string name = IsolationNames.Of(builder.Level);
        try
        {
            using Process trial = StarterThread.Start(start);
            trial.StandardInput.Close();
            Task<string> said = trial.StandardError.ReadToEndAsync(), output = trial.StandardOutput.ReadToEndAsync();
            if (!trial.WaitForExit(Patience))
            {
                trial.Kill();
                return $"{name} did not end within {Patience.TotalSeconds} s.";
            }
            // Read to their ends above, which come with the exit.
            string why = First(said.GetAwaiter().GetResult()) ?? First(output.GetAwaiter().GetResult()) ?? "it says nothing";
            return trial.ExitCode == 0 ? null : $"{name} does not work here: exit code {trial.ExitCode}, {why}.";
        }
        catch (Win32Exception e)
        {
            return $"{name} cannot be started: {e.Message}.";
        }
    }

    private static string? First(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?.TrimEnd('.');
}
