namespace Ratchet.Bench.Engine;

/// <summary>What a process that hosts a silo is to measure; the JSON argument of <c>engine</c>.</summary>
/// <param name="Provider">sqlite or postgresql.</param>
/// <param name="Setting">For the figures, as it is.</param>
/// <param name="Shared">True: on the database that the environment names, which others use before and after. False: on one of its own.</param>
/// <param name="Jobs">Jobs a round, or to be put there.</param>
/// <param name="Batch">Jobs a submit call.</param>
/// <param name="Submitters">Submit calls under way at once.</param>
/// <param name="Kept">Jobs to be queued, or finished ones to be kept, while it measures.</param>
/// <param name="Keys">Every other round, each job has one of this many concurrency keys with a limit of its own; 0: none has.</param>
/// <param name="Seconds">How long to measure, and before that a third as long to warm up.</param>
public sealed record EnginePlan(
    string Scenario,
    string Provider,
    string Setting = "",
    bool Shared = false,
    int Jobs = 0,
    int Batch = 500,
    int Submitters = 4,
    int Rounds = 1,
    IReadOnlyList<int>? Kept = null,
    int Keys = 0,
    double Seconds = 0);
