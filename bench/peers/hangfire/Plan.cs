using System.Text.Json;

namespace Ratchet.Bench.Hangfire;

/// <summary>What to measure: the same JSON argument that the other peers get, of which Hangfire needs this much.</summary>
public sealed record Plan(string Scenario, string Setting, int Jobs, int Rounds, int Submitters, PlanSettings Settings)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static Plan Read(string argument) => JsonSerializer.Deserialize<Plan>(argument, Json)!;
}

/// <param name="WorkerCount">Null: Hangfire's own choice, five a processor and at most 20.</param>
/// <param name="PollMilliseconds">Null: Hangfire's own choice.</param>
public sealed record PlanSettings(int? WorkerCount, int? PollMilliseconds);
