namespace Ratchet.Sandbox.Execution;

/// <summary>What a script's failure came by, as the prelude numbers it.</summary>
internal enum FailedBy
{
    /// <summary>It threw, or its promise was rejected.</summary>
    Thrown = 0,
    /// <summary>It ended well but with something that is no output.</summary>
    InvalidOutput = 1,
    /// <summary>A promise of it was rejected that nothing handles.</summary>
    UnhandledRejection = 2,
}
