namespace Ratchet.Hostile.Tests.Suite;

/// <summary>What is left when all scripts have run.</summary>
/// <param name="Lines">Figures, a line each.</param>
/// <param name="Problems">What should not be; empty when all is well.</param>
internal sealed record Aftermath(IReadOnlyList<string> Lines, IReadOnlyList<string> Problems);
