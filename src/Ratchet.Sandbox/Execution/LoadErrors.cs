namespace Ratchet.Sandbox.Execution;

/// <summary>What a task's file throws while it is loaded comes by a host call; it is kept here until the load returns.</summary>
internal sealed class LoadErrors
{
    private (string Name, string Message, string? Stack)? thrown;

    public void Begin() => thrown = null;

    public void Add(string name, string message, string? stack) => thrown ??= (name, message, stack);

    /// <exception cref="LoadException">The file has thrown.</exception>
    public void ThrowIfAny(int head)
    {
        if (thrown is not { } error) return;
        (int line, int column) = SourcePositions.First(error.Stack, head);
        throw new LoadException($"{error.Name}: {error.Message}", line, column);
    }

    public LoadException NoFunction() => new(
        "main.js has no function for Ratchet to call: define function main(input), or write one function expression, module.exports = { main } or export default.");
}
