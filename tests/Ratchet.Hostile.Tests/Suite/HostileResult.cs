namespace Ratchet.Hostile.Tests.Suite;

/// <summary>How one script went, and how those beside it did meanwhile.</summary>
/// <param name="Got">In the words of an <see cref="Expectation"/>.</param>
/// <param name="Neighbours">Innocent executions that ended rightly while the script ran or just after: of another task and of the same task.</param>
/// <param name="Problems">Everything that is not as it should be; empty when all is well.</param>
internal sealed record HostileResult(HostileScript Script, string Got, TimeSpan Time, int Neighbours, IReadOnlyList<string> Problems);
