using System.Globalization;

namespace Ratchet.Sandbox.Protocol;

/// <summary>
/// What a sandbox process finds around itself when it has taken away what it can: printed by the program when it is started with <see cref="Switch"/>, a line <c>key=value</c> each.
/// Nothing hostile runs in such a process, so what it says is believed.
/// </summary>
internal sealed record WallReport
{
    /// <summary>The program's switch that prints the report instead of waiting for frames.</summary>
    public const string Switch = "--walls";

    /// <summary>The program's switch before a <c>UID:GID</c> to become, when it was started as root.</summary>
    public const string UserSwitch = "--user";

    /// <summary>The program's switch before the port of the loopback on which its scripts can be debugged. It then has none of its walls: a debugger needs a socket.</summary>
    public const string InspectSwitch = "--inspect";

    public required int User { get; init; }
    public required int Group { get; init; }

    /// <summary>Effective capabilities, as a bit mask (capabilities(7)).</summary>
    public required ulong Capabilities { get; init; }
    public required bool NoNewPrivileges { get; init; }

    /// <summary>Whether system calls are filtered (seccomp(2)).</summary>
    public required bool Filtered { get; init; }

    /// <summary>Its own process id as it sees it: small in a process namespace of its own.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Network interfaces other than the loopback one.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>Whether a socket can be made.</summary>
    public required bool Sockets { get; init; }

    /// <summary>What is in the root folder.</summary>
    public required IReadOnlyList<string> Root { get; init; }

    /// <summary>Whether a file can be made in any of the folders that anybody may write to.</summary>
    public required bool Writes { get; init; }

    /// <summary>Most open files.</summary>
    public required int OpenFiles { get; init; }

    public string Text => string.Join('\n',
    [
        $"user={User}", $"group={Group}", string.Create(CultureInfo.InvariantCulture, $"capabilities={Capabilities:x}"), $"noNewPrivileges={NoNewPrivileges}", $"filtered={Filtered}",
        $"processId={ProcessId}", $"interfaces={string.Join(',', Interfaces)}", $"sockets={Sockets}", $"root={string.Join(',', Root)}", $"writes={Writes}", $"openFiles={OpenFiles}", "",
    ]);

    /// <summary>Null when it is no such report.</summary>
    public static WallReport? Parse(string text)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) said[line[..equals]] = line[(equals + 1)..];
        }
        try
        {
            return new WallReport
            {
                User = int.Parse(said["user"], CultureInfo.InvariantCulture),
                Group = int.Parse(said["group"], CultureInfo.InvariantCulture),
                Capabilities = ulong.Parse(said["capabilities"], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                NoNewPrivileges = bool.Parse(said["noNewPrivileges"]),
                Filtered = bool.Parse(said["filtered"]),
                ProcessId = int.Parse(said["processId"], CultureInfo.InvariantCulture),
                Interfaces = said["interfaces"].Split(',', StringSplitOptions.RemoveEmptyEntries),
                Sockets = bool.Parse(said["sockets"]),
                Root = said["root"].Split(',', StringSplitOptions.RemoveEmptyEntries),
                Writes = bool.Parse(said["writes"]),
                OpenFiles = int.Parse(said["openFiles"], CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
