namespace Ratchet.Cli.Testing;

/// <summary>How one test of a task went.</summary>
/// <param name="Differences">What is not as the test wants it; empty when it passed.</param>
internal sealed record TestResult(string Name, TimeSpan Duration, IReadOnlyList<string> Differences)
{
    public bool Passed => Differences.Count == 0;
}
