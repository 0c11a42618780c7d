namespace Ratchet.Workers;

/// <summary>
/// One start of one worker node, as rows and events record it: <c>local@127.0.0.1:11111:153243</c>. What a start that is over held is taken back; people know the
/// node by its name.
/// </summary>
public static class NodeIncarnation
{
    private const string Schedule = "schedule:";

    /// <param name="start">What no other start in the cluster has: address, port and generation, with colons between them.</param>
    public static string Of(string name, string start) => $"{name}@{start}";

    /// <summary>True for what <see cref="Of"/> makes, and for no other actor.</summary>
    public static bool Is(string? text)
    {
        int at = text?.LastIndexOf('@') ?? -1;
        return at > 0 && !text!.StartsWith(Schedule, StringComparison.Ordinal) && text.AsSpan(at + 1).Count(':') >= 2 && char.IsAsciiDigit(text[^1]);
    }

    /// <summary>The node's name; what is no incarnation comes back as it is.</summary>
    public static string NameOf(string text) => Is(text) ? text[..text.LastIndexOf('@')] : text;
}
