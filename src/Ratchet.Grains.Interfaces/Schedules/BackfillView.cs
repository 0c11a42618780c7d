namespace Ratchet.Schedules;

/// <summary>What somebody asks for: the instants of [<paramref name="From"/>, <paramref name="To"/>) as jobs of LOW priority.</summary>
/// <param name="To">Not in the future: those instants are the schedule's own.</param>
/// <param name="PerMinute">Most jobs a minute; 1 to <see cref="Limits.BackfillPerMinute"/>.</param>
[GenerateSerializer, Immutable, Alias("ratchet.backfill-request")]
public sealed record BackfillRequest(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] int PerMinute);

/// <summary>A backfill and how far it is.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.backfill-view")]
public sealed record BackfillView
{
    [Id(0)] public required Guid Id { get; init; }
    [Id(1)] public required BackfillRequest Request { get; init; }
    [Id(2)] public required BackfillState State { get; init; }
    /// <summary>Instants in the range; at most <see cref="Limits.BackfillInstants"/>.</summary>
    [Id(3)] public required int Total { get; init; }
    /// <summary>Instants that are done with: submitted, rejected, or fired already by somebody else.</summary>
    [Id(4)] public required int Handled { get; init; }
    /// <summary>Jobs that this backfill submitted.</summary>
    [Id(5)] public required int Submitted { get; init; }
    [Id(6)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(7)] public required DateTimeOffset UpdatedAt { get; init; }
}

public enum BackfillState
{
    Running = 0,

    /// <summary>Submits nothing until it is resumed.</summary>
    Paused = 1,

    /// <summary>An end: every instant is handled.</summary>
    Completed = 2,

    /// <summary>An end: somebody cancelled it. Its jobs that are submitted go on.</summary>
    Cancelled = 3,
}

public enum BackfillVerb
{
    Pause = 0,
    Resume = 1,
    Cancel = 2,
}

/// <summary>The names of <see cref="BackfillState"/>, and the one table of which verb leads where.</summary>
public static class BackfillStates
{
    private static readonly string[] Names = ["RUNNING", "PAUSED", "COMPLETED", "CANCELLED"];

    public static string Name(this BackfillState state) => Names[(int)state];

    public static bool IsEnd(this BackfillState state) => state >= BackfillState.Completed;

    /// <exception cref="FormatException">The name is none of the known states.</exception>
    public static BackfillState Parse(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var at ? (BackfillState)at : throw new FormatException($"'{name}' is none of {string.Join(", ", Names)}.");

    public static BackfillState Target(this BackfillVerb verb) => verb switch
    {
        BackfillVerb.Pause => BackfillState.Paused,
        BackfillVerb.Resume => BackfillState.Running,
        _ => BackfillState.Cancelled,
    };

    /// <summary>A state that is the target already is allowed: the call may be a repeated one.</summary>
    public static bool Allows(this BackfillVerb verb, BackfillState from) => from == verb.Target() || !from.IsEnd();
}
