namespace Ratchet.Bench.Run;

/// <summary>One question that the bench answers.</summary>
public interface IScenario
{
    /// <summary>For --only and the figures.</summary>
    string Name { get; }

    /// <summary>Left out unless asked for: it takes minutes and gigabytes.</summary>
    bool Large { get; }

    Task RunAsync(RunContext run, CancellationToken cancel);
}
