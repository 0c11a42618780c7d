namespace Ratchet.Cli.Output;

/// <summary>Where in <c>main.js</c> an error was thrown, out of V8's stack text.</summary>
internal static class StackFrames
{
    /// <summary>The lines that name a place; V8 begins a stack with the message, which is printed already.</summary>
    public static IEnumerable<string> Of(string? stack) =>
        (stack ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("at ", StringComparison.Ordinal));
}
