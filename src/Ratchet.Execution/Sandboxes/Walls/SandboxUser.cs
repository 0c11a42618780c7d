using System.Globalization;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Who a sandbox becomes when the node was started as root.</summary>
/// <param name="Id">Number of the user, from 1.</param>
/// <param name="Group">Number of the group, from 1.</param>
public sealed record SandboxUser(int Id, int Group)
{
    /// <summary>What Linux calls nobody and nogroup.</summary>
    public static SandboxUser Nobody { get; } = new(65_534, 65_534);

    /// <summary>Reads <c>UID</c> or <c>UID:GID</c>; null when it is neither, or root.</summary>
    public static SandboxUser? Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 2 || !IsId(parts[0], out int id)) return null;
        int group = id;
        return parts.Length == 1 || IsId(parts[1], out group) ? new SandboxUser(id, group) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}:{Group}");

    private static bool IsId(string text, out int id) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
}
