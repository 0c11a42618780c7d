using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Recordings;

/// <summary>What a run asked of its process, in order: times, random numbers, timers and when HTTP calls were made and answered.</summary>
public sealed record RunTrace
{
    /// <summary>What the run's random numbers come from, 32 bytes; null when it asked for none.</summary>
    public byte[]? Seed { get; init; }

    /// <summary>The same of the code outside of the task's function, which runs when a context is made.</summary>
    public byte[]? LoadSeed { get; init; }

    /// <summary>Number of the run in its context, from 1. Above 1, what the runs before it left in the task's variables is not in the recording.</summary>
    public int ContextRun { get; init; } = 1;

    /// <summary>False when there was more than is kept; what follows is not known.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>To be had again only: whether the run was stopped from outside after its last call, so that a replay is to stop there.</summary>
    public bool Stopped { get; init; }

    /// <summary>What the code outside of the task's function asked for.</summary>
    public IReadOnlyList<TraceEntry> Load { get; init; } = [];

    public IReadOnlyList<TraceEntry> Calls { get; init; } = [];

    /// <exception cref="FrameException">No child of ours would send it.</exception>
    internal static RunTrace Of(TraceFrame frame) => new()
    {
        Seed = frame.Seed,
        LoadSeed = frame.LoadSeed,
        ContextRun = frame.ContextRun,
        Complete = frame.Complete,
        Load = TraceFormat.Read(frame.Load, FrameLimits.TraceBytes),
        Calls = TraceFormat.Read(frame.Calls, FrameLimits.TraceBytes),
    };

    internal TraceFrame ToFrame() => new(Seed, LoadSeed, ContextRun, Complete, TraceFormat.Write(Load), TraceFormat.Write(Calls)) { Stopped = Stopped };
}

/// <summary>How a replay left its recording.</summary>
/// <param name="CallsBefore">HTTP calls that it had made by then.</param>
public sealed record ReplayDivergence(string Text, int CallsBefore);
