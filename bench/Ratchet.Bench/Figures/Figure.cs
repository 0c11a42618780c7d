using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ratchet.Bench.Figures;

/// <summary>One measurement: a JSON line on the stdout of whoever measured it, peer or Ratchet. Fields that a scenario has no use for are absent.</summary>
public sealed record Figure
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string System { get; init; }
    public string? Version { get; init; }
    public required string Scenario { get; init; }

    /// <summary>In words, as the report shows it.</summary>
    public string Setting { get; init; } = "";

    /// <summary>What keeps the jobs: PostgreSQL, SQLite, Redis and how durably.</summary>
    public string Store { get; init; } = "";

    /// <summary>From 1; the first one is the cold one.</summary>
    public int Round { get; init; } = 1;
    public int Jobs { get; init; }

    /// <summary>Until the last submit was answered.</summary>
    public double? SubmitSeconds { get; init; }

    /// <summary>Until the last end was stored.</summary>
    public double? TotalSeconds { get; init; }

    /// <summary>Latencies, one a job.</summary>
    public IReadOnlyList<double>? Milliseconds { get; init; }

    /// <summary>What ended a latency: <c>start</c> of the function, or <c>result</c> in the client's hands.</summary>
    public string? Until { get; init; }

    /// <summary>CPU of the round.</summary>
    public CpuUse? Cpu { get; init; }

    /// <summary>Jobs in the store when it began: queued, scheduled or finished, as the scenario has it.</summary>
    public long? Kept { get; init; }

    /// <summary>As <see cref="Kept"/>, when it ended.</summary>
    public long? KeptAfter { get; init; }

    public ServerLoad? Server { get; init; }

    [JsonIgnore]
    public double JobsPerSecond => Jobs / TotalSeconds ?? double.NaN;

    [JsonIgnore]
    public double SubmitsPerSecond => Jobs / SubmitSeconds ?? double.NaN;
}

/// <summary>CPU seconds by who used them. Null: there is no such process.</summary>
/// <param name="Silo">The silo's process, the load generator in it included.</param>
/// <param name="Machine">Everything that ran on the machine.</param>
public sealed record CpuUse(double Silo, double Sandboxes, double? Database, double Machine);

/// <summary>A server process seen from outside.</summary>
/// <param name="StartSeconds">From the start of the process to the first 200 of /readyz.</param>
/// <param name="ResidentMegabytes">RSS of the server alone, sandboxes apart: in use, and the most there was.</param>
/// <param name="TransactionsPerSecond">Of its database.</param>
/// <param name="CpuPercent">Of one core.</param>
public sealed record ServerLoad(
    double? StartSeconds = null,
    double? ResidentMegabytes = null,
    double? PeakMegabytes = null,
    double? TransactionsPerSecond = null,
    double? CpuPercent = null,
    double? SandboxCpuPercent = null);
