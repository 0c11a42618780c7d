namespace Ratchet.Sandbox.Protocol;

/// <summary>The levels of console calls, by their number in a frame.</summary>
internal static class Levels
{
    public static readonly string[] Names = ["debug", "info", "warn", "error"];
}
